/**
 * Pages that need neither store nor renderer: plain sentences in HTML, and the banner put into bytes that were rendered
 * earlier. Text is escaped here and nowhere else.
 */
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { InlineAllowance } from './prepared.ts';
import { inlineHash } from './security-headers.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c] as string);

const STYLE =
  ':root{color-scheme:light dark}html{background:Canvas;color:CanvasText}body{font:1.125rem/1.6 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1.5rem}h1{font-size:1.75rem;line-height:1.25}';

/** What stands inline in a plain page. */
export const PLAIN_ALLOWED: InlineAllowance = { scripts: [], styles: [inlineHash(STYLE)] };

export interface PlainPage {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly home?: boolean;
}

export const plainPage = ({ title, sentences, home }: PlainPage): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1>${sentences.map((s) => `<p>${escapeHtml(s)}</p>`).join('')}${home ? '<p><a href="/">Current status</a></p>' : ''}</body></html>`;

/** `Data as of 14:02:10 UTC: Avow cannot reach its store.`, with the date when it is not today's. */
export const staleSentence = (staleSinceMs: number, nowMs: number): string => {
  const [day = '', time = ''] = isoOf(instant(staleSinceMs)).split('T');
  const today = isoOf(instant(nowMs)).startsWith(day);
  return `Data as of ${today ? '' : `${day} `}${time.slice(0, 8)} UTC: Avow cannot reach its store.`;
};

/** `html` with the sentence as the first thing of its body. */
export const withBanner = (html: string, sentence: string): string => {
  const banner = `<p role="status" class="stale-banner">${escapeHtml(sentence)}</p>`;
  const body = /<body(?:[^>"']|"[^"]*"|'[^']*')*>/i.exec(html);
  if (!body) return banner + html;
  const at = body.index + body[0].length;
  return html.slice(0, at) + banner + html.slice(at);
};

/** Before the first fact was ever stored. */
export const SETTING_UP: PlainPage = {
  title: 'This status page is being set up',
  sentences: ['Nothing has been measured yet, so nothing is known.', 'Reload in a minute.'],
};
