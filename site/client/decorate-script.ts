/** The one script that travels inside every page, as it stands there: the page and the policy that allows it read it here. */
import { LOCALES } from '../i18n/languages.ts';
import source from './decorate.js?raw';

/** The comment at its head is for its readers in the repository. */
export const decorateScript = source
  .replace(/^\/\*[\s\S]*?\*\/\s*/, '')
  .replaceAll(/\n\s+/g, '\n')
  .replace('LOCALES', JSON.stringify(LOCALES));
