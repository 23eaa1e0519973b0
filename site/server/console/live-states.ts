/**
 * States of the components on one page of the list, as server-sent events: what it is now, then whatever changes. Nothing runs before the
 * client reads. Ends when the session does (within a second), when the client goes, and after five minutes, when the browser asks again
 * by itself.
 */
import { findSessionById } from '#db/queries/sessions.ts';
import { isLive } from '#domain/access/session.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import { componentListView, type ListQuery } from '#monitor/views/component-list.ts';

const LOOK_MS = 1_000;
/** Every so many looks at the session one at the states. */
const STATES_EVERY = 4;
const LOOKS = 300;
/** Streams that are read at once. */
const MOST = 64;
/** … of one session: the list in that many windows. */
const MOST_OF_ONE = 6;
let reading = 0;
const readingOf = new Map<string, number>();
const count = (session: string, by: 1 | -1): void => {
  reading += by;
  const own = (readingOf.get(session) ?? 0) + by;
  if (own > 0) readingOf.set(session, own);
  else readingOf.delete(session);
};

export const liveStates = (ctx: ComponentContext, query: ListQuery, session: string, gone: AbortSignal): ReadableStream<Uint8Array> => {
  const { store, clock } = ctx;
  const encoder = new TextEncoder();
  const stopping = new AbortController();
  const signal = AbortSignal.any([gone, stopping.signal]);
  let begun = false;
  let look = 0;
  let before = '';
  const end = (): void => {
    if (begun && !stopping.signal.aborted) count(session, -1);
    stopping.abort();
  };
  gone.addEventListener('abort', end, { once: true });
  const begin = (): boolean => {
    if (begun) return true;
    if (reading >= MOST || (readingOf.get(session) ?? 0) >= MOST_OF_ONE || signal.aborted) return false;
    begun = true;
    count(session, 1);
    return true;
  };
  const isOver = async (): Promise<boolean> => {
    const found = await findSessionById(store, session);
    return found === null || !isLive(found, clock.now());
  };
  /** Null: they cannot be told any more. */
  const states = async (): Promise<string | null> => {
    const view = await componentListView(ctx, query);
    if (isRefusal(view)) return null;
    const lines = view.components.map(({ slug, state, investigating, paused }) => ({ slug, state, investigating, paused }));
    return JSON.stringify(lines);
  };
  /** What is new; null: it is over. */
  const news = async (): Promise<string | null> => {
    for (; look < LOOKS && !signal.aborted; ) {
      if (look > 0) await clock.sleep(LOOK_MS, signal);
      if (look > 0 && (await isOver())) return null;
      if (look++ % STATES_EVERY !== 0) continue;
      const now = await states();
      if (now === null) return null;
      if (now === before) continue;
      before = now;
      return now;
    }
    return null;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // The client is gone, or the store away: either way it ends, and the browser asks again.
        const now = begin() ? await news().catch(() => null) : null;
        if (now !== null) return controller.enqueue(encoder.encode(`retry: 2000\ndata: ${now}\n\n`));
        end();
        controller.close();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
};
