/** A public address that is not ready in memory: found, drawn within the client's share, spelt better, refused, or not here. */
import { problem } from '#domain/problem.ts';
import { PROBLEM_ORIGIN, PROBLEM_TYPE } from '../api/problem.ts';
import { negotiate } from '../i18n/languages.ts';
import { hrefFrom } from '../links.ts';
import { sendReady } from './answer.ts';
import type { Ask } from './ask.ts';
import type { ClientShare } from './client-share.ts';
import type { NotHere } from './not-here.ts';
import type { PageStore } from './page-store.ts';
import type { routeFinder } from './public-route.ts';
import type { Voice } from './voice.ts';

export const pageAnswers =
  (find: ReturnType<typeof routeFinder>, pages: PageStore, { say, refuse }: Voice, share: ClientShare, notHere: NotHere) =>
  async (ask: Ask, path: string, query: string): Promise<void> => {
    const lang = negotiate(ask.head.acceptLanguage);
    const match = find(path, query, lang);
    if (!match) {
      const shorter = path.length > 1 && path.endsWith('/') ? find(path.slice(0, -1), query, lang) : null;
      // It is our own spelling of a known route: it cannot name another host.
      if (shorter) {
        const location = hrefFrom(shorter.address, shorter.address.path);
        return say(ask, { status: 308, body: '', type: 'text/plain; charset=utf-8', headers: [['Location', location]] });
      }
      return notHere.answer(ask);
    }
    const bad = match.target.route.judge?.(match.params) ?? null;
    if (bad) {
      const document = { ...problem(400, 'Bad parameter', bad.message), parameter: bad.parameter };
      return say(ask, { status: 400, body: JSON.stringify(document), type: PROBLEM_TYPE, headers: [PROBLEM_ORIGIN] });
    }
    if (!pages.holds(match.key) && share.overdrawn(ask)) return;
    const found = await pages.find(match);
    if ('ready' in found) return sendReady(ask.response, found.ready, ask.head, ask.bodyless);
    if ('busy' in found) return refuse(ask, 429, 'Too many new addresses are asked for at once. Try again.', [['Retry-After', '1']]);
    if (!path.startsWith('/api/')) return notHere.answer(ask);
    refuse(ask, 404, 'There is no such thing.');
  };
