/**
 * Pages that need neither store nor renderer: plain sentences in HTML, and the banner put into bytes that were rendered
 * earlier.
 */
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { escapeHtml } from '../escape.ts';
import type { InlineAllowance } from './prepared.ts';
import { inlineHash } from './security-headers.ts';

/** The tokens of site/style/tokens.css that these few lines need; test/site/server/plain-page.test.ts compares them. */
const STYLE = [
  ':root{color-scheme:light dark;--paper:oklch(99.2% 0.003 95);--ink:oklch(21% 0.015 265);--ink-soft:oklch(41% 0.015 265);--accent:oklch(42% 0.11 262)}',
  '@media(prefers-color-scheme:dark){:root{--paper:oklch(18% 0.012 265);--ink:oklch(93% 0.006 265);--ink-soft:oklch(77% 0.012 265);--accent:oklch(80% 0.11 262)}}',
  'html{background:var(--paper);color:var(--ink);border-block-start:4px solid var(--accent);font:100%/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif}',
  'body{max-width:42rem;margin:0 auto;padding:3rem 1rem 4rem;overflow-wrap:break-word}',
  'h1{font-size:1.728rem;line-height:1.2;font-weight:600;letter-spacing:-.01em;margin:0 0 1rem}p{margin:0 0 .5rem}a{color:var(--accent);text-underline-offset:.2em}.way{display:inline-block;padding-block:.625rem}.foot{margin-block-start:2rem;color:var(--ink-soft);font-size:.85rem}',
  '@media(min-width:48rem){html{font-size:106.25%}body{padding-block-start:6rem}h1{font-size:1.953rem}}',
].join('');

/** What stands inline in a plain page. */
export const PLAIN_ALLOWED: InlineAllowance = { scripts: [], styles: [inlineHash(STYLE)] };

export interface Way {
  readonly href: string;
  readonly text: string;
}
export const TO_STATUS: Way = { href: '/', text: 'Current status' };
export const TO_CONSOLE: Way = { href: '/admin', text: 'To the console' };

export interface PlainPage {
  readonly title: string;
  readonly sentences: readonly string[];
  /** Where it may be gone on. */
  readonly ways?: readonly Way[];
}

const wayOn = ({ href, text }: Way): string => `<p><a class="way" href="${escapeHtml(href)}">${escapeHtml(text)}</a></p>`;

export const plainPage = ({ title, sentences, ways = [] }: PlainPage): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>${sentences.map((s) => `<p>${escapeHtml(s)}</p>`).join('')}${ways.map(wayOn).join('')}</main></body></html>`;

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
