/**
 * Sign-ins that were refused, in the audit: at whom, from where, why; of a flood the first ten of a minute and then a sum. Never the
 * password. An address that is nobody's is kept as the beginning of its hash: people type passwords into the wrong field. A store that
 * cannot take the row refuses nobody twice.
 */
import type { Person } from '#db/queries/people.ts';
import { SYSTEM } from '#monitor/context.ts';
import { hashOf } from '#monitor/identity/secret.ts';
import { type AuditEntry, auditOf } from './audit.ts';
import type { EntryContext } from './people-verb.ts';

export interface RefusedSignIn {
  readonly code: string;
  readonly person: Person | null;
  readonly email: string;
  readonly address: string;
}

const write = (ctx: EntryContext, address: string | null, entry: AuditEntry): Promise<void> =>
  ctx.store
    .exclusive(async () => {
      const actor = { ...SYSTEM, from: address, requestId: address === null ? null : ctx.actor.requestId };
      await ctx.store.write(await auditOf({ ...ctx, actor }, entry));
    })
    .catch(() => undefined);

export const noteRefusal = async (ctx: EntryContext, { code, person, email, address }: RefusedSignIn): Promise<void> => {
  const subject = person ? `person/${person.id}` : `nobody/${hashOf(email).slice(0, 12)}`;
  const isAlone = ctx.identity.refusals.note(
    address,
    person?.email ?? null,
    ({ count, addresses, people }) =>
      // Nobody waits for the sum.
      void write(ctx, null, { verb: 'session.refuse', subject: 'flood', before: null, after: { count, addresses, people } }),
  );
  if (isAlone)
    await write(ctx, address, { verb: 'session.refuse', subject, before: null, after: { email: person?.email ?? null, why: code } });
};
