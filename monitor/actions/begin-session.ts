/**
 * Begins a session for somebody who has proved who they are, however they did (a password today, another identity provider one day): the
 * rows for the transaction, and what the browser keeps. The secret is shown here alone. Source: reliability P16, ADR 0018.
 */
import type { Person } from '#db/queries/people.ts';
import { insertSession } from '#db/queries/sessions.ts';
import type { Statement } from '#db/store.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Actor } from '#monitor/context.ts';
import { hashOf, newSecret } from '#monitor/identity/secret.ts';
import type { AuditEntry } from './audit.ts';
import { idFrom } from './new-id.ts';
import type { EntryContext, Visitor } from './people-verb.ts';

export interface Entered {
  readonly session: { readonly id: string; readonly secret: string };
  readonly person: Pick<Person, 'id' | 'name' | 'email' | 'role'>;
  /** For a cookie that outlives the session; null: none can be written. */
  readonly device: string | null;
}

export const actorFor = (person: Pick<Person, 'id' | 'name'>, { actor }: Pick<EntryContext, 'actor'>, from: string): Actor => ({
  kind: 'person',
  id: person.id,
  name: person.name,
  from,
  requestId: actor.requestId,
});

/** What begins it: a row for the transaction, its entry for the audit, and what the browser is told. `how`: said in the audit. */
export const beginSession = (
  ctx: EntryContext,
  person: Person,
  { address, agent }: Visitor,
  now: Instant,
  how: Readonly<Record<string, string | number>>,
): { readonly entered: Entered; readonly row: Statement; readonly entry: AuditEntry } => {
  const secret = newSecret();
  const id = idFrom(ctx);
  const session = { id, personId: person.id, address, agent, createdAt: now, lastSeenAt: now, provedAt: now, endedAt: null };
  const { name, email, role } = person;
  return {
    entered: { session: { id, secret }, person: { id: person.id, name, email, role }, device: ctx.identity.devices.write(person, now) },
    row: insertSession(session, hashOf(secret)),
    entry: { verb: 'session.begin', subject: `session/${id}`, before: null, after: { person: person.id, ...how } },
  };
};
