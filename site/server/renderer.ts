/** The built pages as a function, for the front and for reports that are written to files as they would be shown. */
import { existsSync } from 'node:fs';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { NO_BRAND } from '#monitor/config/page.ts';
import type { Log } from '#monitor/context.ts';
import { DEFAULT_LANG } from '../i18n/languages.ts';
import { aroundBrand } from './brand-documents.ts';
import type { Renderer } from './prepared.ts';

const entry = new URL('../../dist/server/entry.mjs', import.meta.url);

/** The Astro application, or null when the site was not built. */
export const loadRenderer = async (log: Pick<Log, 'warn'>): Promise<Renderer | null> => {
  if (existsSync(entry)) return (await import(entry.href)) as Renderer;
  log.warn('The pages are not built, so only JSON is served. `npm start` builds them.');
  return null;
};

/** Draws one view as the page of a path, complete in itself: its links lead to the address that customers use, where there is one. */
export const drawing =
  (renderer: Renderer, config: () => Pick<Config, 'page' | 'policy'>, clock: Clock) =>
  async (path: string, view: object): Promise<string> => {
    const { page, policy } = config();
    const origin = page.origin ?? 'http://127.0.0.1';
    const around = { pageName: page.name, pageUrl: page.url, zone: policy.zone, support: [], brand: aroundBrand(NO_BRAND), frame: null };
    const chrome = { ...around, lang: DEFAULT_LANG, asked: false, path, origin, generatedAtMs: clock.now(), staleSinceMs: null };
    const answer = await renderer.render(new Request(origin + path), { view, chrome });
    return answer.text();
  };
