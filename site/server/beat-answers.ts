/** `/beat/{token}` over HTTP: a heartbeat is stored, not known, too frequent, or cannot be stored now. */
import type { Ask } from './ask.ts';
import type { BeatAnswer } from './beat-endpoint.ts';
import type { ClientShare } from './client-share.ts';
import type { NotHere } from './not-here.ts';
import type { Voice } from './voice.ts';

export const beatAnswers =
  (beat: (token: string, client: string) => Promise<BeatAnswer>, { say, refuse }: Voice, share: ClientShare, notHere: NotHere) =>
  async (ask: Ask, token: string): Promise<void> => {
    const { method } = ask.request;
    if (method !== 'GET' && method !== 'POST') return refuse(ask, 405, 'A heartbeat is sent with GET or POST.', [['Allow', 'GET, POST']]);
    const answer = await beat(token, share.of(ask));
    const answers: { readonly [K in BeatAnswer['kind']]: () => void | Promise<void> } = {
      stored: () => say(ask, { status: 204, body: '', type: 'text/plain; charset=utf-8', headers: [['Referrer-Policy', 'no-referrer']] }),
      unknown: () => notHere.answer(ask),
      limited: () =>
        refuse(ask, 429, 'Wait a little, then try again.', [['Retry-After', String('retryAfterS' in answer ? answer.retryAfterS : 1)]]),
      away: () => refuse(ask, 503, 'The heartbeat could not be stored. Send it again.', [['Retry-After', '10']]),
    };
    await answers[answer.kind]();
  };
