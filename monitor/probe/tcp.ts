/**
 * TCP: connect; with `send` or `expect`, one exchange. The reply is read until it satisfies `expect`, the peer ends, or
 * the deadline: bytes are read as UTF-8, at most 64 KiB of them. `ttfb` runs from connected (or sent) to the first byte.
 */
import type { Socket } from 'node:net';
import { type TextJudge, textJudge } from '#domain/check/assertion.ts';
import type { TcpDefinition } from '#domain/check/check-definition.ts';
import type { ProbeReading } from '#domain/check/check-result.ts';
import { excerpt } from '#domain/check/excerpt.ts';
import { endpoint } from '#monitor/egress/dial.ts';
import { matchers } from './matchers.ts';
import type { Probe } from './probe.ts';
import { bad, good, inWords, phasesOf, undialled } from './reading.ts';

const REPLY_CAP = 65_536;

interface Reply {
  readonly text: string;
  /** Null: satisfied. */
  readonly ended: 'satisfied' | 'closed' | 'deadline' | 'full' | 'reset';
}

const judges = new WeakMap<TcpDefinition, TextJudge>();
const judgeOf = (definition: TcpDefinition): TextJudge | null => {
  if (!definition.expect) return null;
  const known = judges.get(definition);
  if (known) return known;
  const fresh = textJudge(definition.expect, matchers, 'reply_mismatch');
  judges.set(definition, fresh);
  return fresh;
};

/** Reads until `judge` has nothing to object to. Something must have come: silence satisfies nobody. */
const readReply = (socket: Socket, judge: TextJudge, signal: AbortSignal): Promise<Reply> =>
  new Promise((resolve) => {
    const decoder = new TextDecoder();
    let text = '';
    let size = 0;
    const end = (ended: Reply['ended']): void => {
      signal.removeEventListener('abort', late);
      socket.removeListener('data', take);
      resolve({ text, ended });
    };
    const late = (): void => end('deadline');
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      text += decoder.decode(chunk, { stream: true });
      if (judge({ text, truncated: false }) === null) end('satisfied');
      else if (size >= REPLY_CAP) end('full');
    };
    if (signal.aborted) return late();
    signal.addEventListener('abort', late);
    socket.on('data', take);
    socket.once('end', () => end('closed'));
    socket.once('error', () => end('reset'));
    socket.once('close', () => end('closed'));
  });

export const probeTcp: Probe<TcpDefinition> = async (definition, ctx): Promise<ProbeReading> => {
  const startUs = ctx.monotonicUs();
  const { host, port } = definition;
  const dialled = await ctx.egress.dial({ host, port, scope: 'probe', signal: ctx.signal, wireCap: REPLY_CAP * 2 });
  if ('fault' in dialled) return undialled(ctx, dialled, { startUs, phases: {} });
  const { socket, wire } = dialled;
  const phases: ReturnType<typeof phasesOf> & { ttfb?: number; transfer?: number } = phasesOf(dialled.timings);
  try {
    const judge = judgeOf(definition);
    if (definition.send !== null) socket.write(definition.send);
    if (!judge) return good(ctx, { startUs, phases });
    const sentUs = ctx.monotonicUs();
    const { text, ended } = await readReply(socket, judge, ctx.signal);
    if (wire.firstByteUs > 0) {
      phases.ttfb = Math.max(0, wire.firstByteUs - sentUs);
      phases.transfer = ctx.monotonicUs() - wire.firstByteUs;
    }
    const seen = { startUs, phases };
    if (ended === 'satisfied') return good(ctx, seen);
    const server = `The server at ${endpoint(dialled.address, port)}`;
    if (ended === 'deadline' && text === '')
      return bad(
        ctx,
        { reason: 'timeout', detail: `${server} accepted the connection but sent nothing within ${inWords(ctx.timeoutMs * 1_000)}.` },
        seen,
      );
    if (text === '') return bad(ctx, { reason: 'connection_lost', detail: `${server} ended the connection without a reply.` }, seen);
    const mismatch = judge({ text, truncated: ended === 'full' });
    return bad(ctx, mismatch ?? { reason: 'reply_mismatch', detail: `${server} replied "${excerpt(text, 60)}".` }, seen);
  } finally {
    socket.destroy();
  }
};
