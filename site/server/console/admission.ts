/**
 * Who asks, and may they: the console takes people by their session, over https or at this machine, and each route says which permission
 * it needs. Whoever is known and refused is told in the audit. Source: reliability P14, P16, section 4 (Audit).
 */
import { lackWords } from '#domain/access/lack-words.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Context } from '#monitor/context.ts';
import { type Asker, IN_THE_OPEN, type Known, openSentence } from './asker.ts';
import type { AccessRefusals } from './denials.ts';
import { tooMuch } from './places.ts';
import { actorOf, BAD_TOKEN } from './principal.ts';
import type { Asked, Elsewhere, Sorry, Visit } from './visit.ts';

export interface Admission {
  /** Rejects with the store's fault. */
  whoAsks(c: Asked, context: Context): Promise<Known | Sorry>;
  /** Null: welcome. */
  mayNot(visit: Visit): Sorry | Elsewhere | null;
}

export const SIGN_IN = '/admin/sign-in';

export const admission = (asker: Asker, refusals: AccessRefusals, clock: Clock): Admission => ({
  async whoAsks(c, context) {
    const known = await asker.knownOf(c.env.incoming, (name) => c.req.header(name) ?? null, context.store);
    if (known === IN_THE_OPEN) return { status: 403, sentence: openSentence(asker.origin()) };
    if (known === BAD_TOKEN) {
      const wait = asker.waitOfStranger(c.env.incoming);
      if (wait > 0) return tooMuch(wait);
      return { status: 401, sentence: 'This token opens nothing: it is unknown, expired, revoked or sent from elsewhere.' };
    }
    if (known.principal.kind === 'token')
      return { status: 403, sentence: 'Pages of the console are for people; a token is taken under /api/v1.' };
    return known;
  },
  mayNot({ c, route, context, known }) {
    const { principal } = known;
    const { needs, fragment } = route;
    if (needs === 'anybody') return null;
    if (principal.kind === 'nobody') {
      if (['GET', 'HEAD'].includes(c.req.method) && !fragment) return { to: `${SIGN_IN}?next=${encodeURIComponent(c.req.path)}` };
      return { status: 401, sentence: 'Your session has ended, or nobody has signed in. Sign in, then try again.' };
    }
    if (needs === 'anyone signed in' || principal.permissions.has(needs)) return null;
    const actor = actorOf(principal, known.address, known.requestId);
    refusals.note({ store: context.store, clock, actor }, { operation: `${route.method} ${route.pattern}`, needs });
    return { status: 403, sentence: lackWords(principal.person.role, needs) };
  },
});
