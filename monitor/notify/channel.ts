/**
 * What a channel is to the one who delivers: a name, and a way to send one letter. It answers what the world said and never rejects for
 * it; whatever it throws is our own fault. A letter's body was frozen when it was queued.
 */
import type { Outcome } from '#domain/notice/attempt.ts';
import type { NoticeType } from '#domain/notice/notice-kind.ts';

export interface Letter {
  /** The same at every attempt: `webhook-id`, `Message-ID`. */
  readonly key: string;
  readonly type: NoticeType;
  readonly body: string;
  /** Key of the letter that told the beginning of its story here, for threads; null: there is none. */
  readonly openedBy: string | null;
}

export interface Channel {
  /** `webhook`, or `mail:` and the address. */
  readonly name: string;
  /** `signal`: the end of Avow; deadlines are the channel's own. */
  send(letter: Letter, signal: AbortSignal): Promise<Outcome>;
}
