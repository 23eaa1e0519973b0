/** How the front answers one request with a plain document or a sentence: always with the headers that every answer carries. */
import { PROBLEM_ORIGIN } from '../api/problem.ts';
import { type Plain, refusalOf, sendPlain } from './answer.ts';
import { type Ask, isOfApi } from './ask.ts';
import type { HeaderPairs } from './security-headers.ts';

export interface Voice {
  say(ask: Ask, plain: Plain): void;
  /** In the form of whoever asks: a page, plain text, or a problem document. */
  refuse(ask: Ask, status: number, sentence: string, headers?: HeaderPairs): void;
}

export const voiceOf = (always: HeaderPairs): Voice => {
  const say: Voice['say'] = (ask, plain) => sendPlain(ask.response, plain, always, ask.bodyless);
  return {
    say,
    refuse: (ask, status, sentence, headers = []) =>
      say(ask, {
        ...refusalOf(status, sentence, ask.head.accept, isOfApi(ask) ? 'program' : 'reader'),
        headers: [...headers, ...(isOfApi(ask) ? [PROBLEM_ORIGIN] : [])],
      }),
  };
};
