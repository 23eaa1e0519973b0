/** The badges: four things to say, each as a picture and as the document that shields.io reads. */
import { type BadgeView, expireBadge, monthBadge, ROLLING, type RollingSpan, rollingBadge, statusBadge } from '#monitor/views/badge.ts';
import { badgeJson, badgeOf, badgeSvg, blankBadge } from '../documents/badge.ts';
import { DEFAULT_LANG } from '../i18n/languages.ts';
import { wordsOf } from '../i18n/words.ts';
import type { DocumentRoute } from './document-presenter.ts';
import type { PageRoute } from './prepared.ts';

const SAID: readonly (readonly [what: string, view: (...asked: Parameters<typeof statusBadge>) => Promise<BadgeView | null>])[] = [
  ['status', statusBadge],
  ['month', monthBadge],
  ...Object.keys(ROLLING).map(
    (span) => [span, (context, component) => rollingBadge(context, component, span as RollingSpan)] as (typeof SAID)[number],
  ),
];
const FORMATS = [
  ['svg', 'image/svg+xml; charset=utf-8', badgeSvg],
  ['json', 'application/json; charset=utf-8', badgeJson],
] as const;

const expire: PageRoute['expire'] = (view) => expireBadge(view as BadgeView);

export const badgeRoutes: readonly DocumentRoute[] = SAID.flatMap(([what, view]) =>
  FORMATS.map(
    ([ending, type, write]): DocumentRoute => ({
      pattern: `/badge/:component/${what}.${ending}`,
      type,
      view: (context, { component = '' }) => view(context, component),
      expire,
      draw: (shown, chrome) => write(badgeOf(shown as BadgeView, chrome)),
      blank: (chrome) => write(blankBadge(chrome?.pageName ?? wordsOf(DEFAULT_LANG).badges.nobody, DEFAULT_LANG)),
    }),
  ),
);
