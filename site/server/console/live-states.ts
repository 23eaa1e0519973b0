/**
 * States of the components on one page of the list, as server-sent events: what it is now, then whatever changes. Ends when the session
 * does (within a second), when the client goes, and after five minutes, when the browser asks again by itself.
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
/** Streams at once. */
const MOST = 64;
let open = 0;

/** Null: there are too many. */
export const liveStates = (
  ctx: ComponentContext,
  query: ListQuery,
  session: string,
  gone: AbortSignal,
): ReadableStream<Uint8Array> | null => {
  if (open >= MOST) return null;
  open++;
  const { store, clock } = ctx;
  const encoder = new TextEncoder();
  let ended = false;
  const end = (): void => {
    if (!ended) open--;
    ended = true;
  };
  gone.addEventListener('abort', end, { once: true });
  const isOver = async (): Promise<boolean> => {
    const found = await findSessionById(store, session);
    return found === null || !isLive(found, clock.now());
  };
  const states = async (): Promise<string | null> => {
    const view = await componentListView(ctx, query);
    if (isRefusal(view)) return null;
    const lines = view.components.map(({ slug, state, investigating, paused, lastCheckAt }) => ({
      slug,
      state,
      investigating,
      paused,
      lastCheckAt,
    }));
    return JSON.stringify(lines);
  };
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      let before = '';
      try {
        controller.enqueue(encoder.encode('retry: 2000\n\n'));
        for (let look = 0; look < LOOKS && !ended; look++) {
          if (look % STATES_EVERY === 0) {
            const now = await states();
            if (now === null) break;
            if (now !== before) controller.enqueue(encoder.encode(`data: ${now}\n\n`));
            before = now;
          }
          await clock.sleep(LOOK_MS, gone);
          if (await isOver()) break;
        }
      } catch {
        // The client is gone, or the store away: either way it asks again.
      } finally {
        end();
        try {
          controller.close();
        } catch {
          // Cancelled meanwhile.
        }
      }
    },
    cancel: end,
  });
};
