/**
 * Between the password and the code: whoever has given the right password gets a ticket for five minutes, so that it is not asked twice
 * and never goes back to the browser. In memory only; a restart asks for the password again. A ticket is good for one right code.
 */
import { after, type Instant, MINUTE, millis } from '#domain/time/instant.ts';
import { hashOf, newSecret } from './secret.ts';

const GOOD_FOR_MS = millis(5 * MINUTE);
const MOST = 1_000;

/** What was proved by the password. */
export interface Waiting {
  readonly personId: string;
  /** The hash that the password was checked by: a new password since then ends the ticket. */
  readonly passwordHash: string;
  readonly expiresAt: Instant;
}
export interface WaitingCodes {
  add(personId: string, passwordHash: string, now: Instant): string;
  find(ticket: string, now: Instant): Waiting | null;
  forget(ticket: string): void;
}

export const waitingCodes = (): WaitingCodes => {
  const tickets = new Map<string, Waiting>();
  return {
    add(personId, passwordHash, now) {
      const ticket = newSecret();
      tickets.set(hashOf(ticket), { personId, passwordHash, expiresAt: after(now, GOOD_FOR_MS) });
      if (tickets.size > MOST) tickets.delete(tickets.keys().next().value as string);
      return ticket;
    },
    find(ticket, now) {
      const waiting = tickets.get(hashOf(ticket));
      return waiting && now < waiting.expiresAt ? waiting : null;
    },
    forget: (ticket) => void tickets.delete(hashOf(ticket)),
  };
};
