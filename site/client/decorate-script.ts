/** The one script that travels inside every page, as it stands there: the page and the policy that allows it read it here. */
import source from './decorate.js?raw';

/** The comment at its head is for its readers in the repository. */
export const decorateScript = source.replace(/^\/\*[\s\S]*?\*\/\s*/, '').replaceAll(/\n\s+/g, '\n');
