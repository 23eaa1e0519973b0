/**
 * The signed webhook: one POST over a connection of the egress gateway, scope `strict` (public addresses only), TLS judged as a probe
 * judges it, no redirects, 15 seconds in all, at most 256 KiB read, of which nothing is kept. 2xx is taken; everything else is sent
 * again; 410 disables. Errors never tell the path, the answer or a secret. Sources: Standard Webhooks 1.0, reliability P9, P32.
 */
import { failed, type Outcome } from '#domain/notice/attempt.ts';
import { retryAfterOf } from '#domain/notice/retry.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import { withDeadline } from '#monitor/egress/deadline.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import { judgeCertificate } from '#monitor/probe/certificate.ts';
import { type Answer, exchange } from '#monitor/probe/http-exchange.ts';
import type { Channel, Letter } from './channel.ts';
import { signatures } from './signature.ts';

export const DEADLINE_MS = 15_000;

interface WebhookParts {
  readonly egress: Egress;
  readonly clock: Clock;
  readonly url: string;
  readonly secrets: readonly string[];
}

const OUR_HEADERS = ['content-type', 'application/json', 'user-agent', 'Avow/0.1 (webhook)', 'accept-encoding', 'identity'];

const unanswered = (answer: Answer, capped: boolean): string => {
  if (capped) return 'it sent more than 256 KiB';
  if (answer.ended === 'deadline') return `it did not answer within ${DEADLINE_MS / 1_000} seconds`;
  return 'it closed the connection or did not answer in valid HTTP';
};

const judged = (answer: Answer, capped: boolean, now: Instant): Outcome => {
  const { status } = answer;
  // What came after the status line is nobody's affair: the receiver has said that it took the message.
  if (status >= 200 && status <= 299) return { delivered: true };
  if (status === 0) return failed(`The receiver did not take it: ${unanswered(answer, capped)}.`);
  if (status === 410) return failed('The receiver answered 410 Gone.', { gone: true });
  if (status >= 300 && status <= 399)
    return failed(`The receiver answered ${status}; redirects are not followed. Configure the address it names.`);
  const retryAfterMs = status === 429 || status === 503 ? retryAfterOf(answer.header('retry-after'), now) : null;
  return failed(`The receiver answered ${status}.`, { retryAfterMs });
};

/** The channel `webhook`. */
export const webhookChannel = ({ egress, clock, url: text, secrets }: WebhookParts): Channel => {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 443);

  const post = async (letter: Letter, signal: AbortSignal): Promise<Outcome> => {
    const dialled = await egress.dial({ host, port, scope: 'strict', signal, tls: { serverName: host } });
    if ('fault' in dialled) return failed(dialled.message);
    const { mismatch } = dialled.tls
      ? judgeCertificate(dialled.tls, host, { verify: true, expiresInDays: 0 }, clock.now())
      : { mismatch: { detail: 'There is no TLS.' } };
    if (mismatch) {
      dialled.socket.destroy();
      return failed(mismatch.detail);
    }
    const timestamp = Math.floor(clock.now() / 1_000);
    const headers = [
      ...OUR_HEADERS,
      'webhook-id',
      letter.key,
      'webhook-timestamp',
      String(timestamp),
      'webhook-signature',
      signatures(secrets, letter.key, timestamp, letter.body),
    ];
    const hop = {
      origin: url.origin,
      secure: true,
      host,
      port,
      path: `${url.pathname}${url.search}`,
      url: url.origin,
      method: 'POST',
      headers,
      body: letter.body,
    } as const;
    const answer = await exchange(dialled, hop, false, signal, clock.monotonicUs);
    return judged(answer, dialled.wire.capped, clock.now());
  };

  return {
    name: 'webhook',
    send: (letter, stopping) => withDeadline(clock, DEADLINE_MS, { signal: stopping }, (signal) => post(letter, signal)),
  };
};
