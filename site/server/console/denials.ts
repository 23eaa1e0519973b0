/**
 * Refusals of people and tokens who are known, in the audit: what they asked and which permission they lack. The first of somebody for
 * something is written at once; more of the same within a minute are counted, and written as one sum when it is over. So a program that
 * asks in a loop writes two rows a minute, and nothing goes uncounted. A store that cannot take the row refuses nobody twice.
 * Source: reliability section 4 (Audit).
 */
import type { Store } from '#db/store.ts';
import type { Permission } from '#domain/access/permission.ts';
import { auditOf } from '#monitor/actions/audit.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Actor, Log } from '#monitor/context.ts';

export interface RefusedAccess {
  /** `maintenance.announce`, or a pattern of the console. */
  readonly operation: string;
  /** Null: nobody may. */
  readonly needs: Permission | null;
}
interface Refusing {
  readonly store: Store;
  readonly clock: Clock;
  readonly actor: Actor;
}
export interface AccessRefusals {
  note(ctx: Refusing, refused: RefusedAccess): void;
}

const MINUTE_MS = 60_000;
/** Different refusals that are counted at once; what comes beyond is only in the log. */
const MOST = 1_000;

export const accessRefusals = (clock: Clock, log: Log): AccessRefusals => {
  const counted = new Map<string, { more: number; readonly timer: Timer }>();
  const write = (ctx: Refusing, { operation, needs }: RefusedAccess, times: number): void => {
    const entry = { verb: 'access.refuse', subject: `operation/${operation}`, before: null, after: { needs, times } };
    ctx.store.exclusive(async () => ctx.store.write(await auditOf(ctx, entry))).catch(() => undefined);
  };
  return {
    note(ctx, refused) {
      const { actor } = ctx;
      const key = `${actor.kind}/${actor.id} ${refused.operation}`;
      const before = counted.get(key);
      if (before) return void before.more++;
      if (counted.size >= MOST) return log.warn('Somebody was refused.', { actor: actor.id, operation: refused.operation });
      const over = (): void => {
        const more = counted.get(key)?.more ?? 0;
        counted.delete(key);
        if (more > 0) write(ctx, refused, more);
      };
      counted.set(key, { more: 0, timer: clock.after(MINUTE_MS, over, { background: true }) });
      write(ctx, refused, 1);
    },
  };
};
