/**
 * Corrections of the ledger in the console: what waits for a second person, then every override and revocation, the newest first, one page
 * at a time (keyset: when it was recorded, then id). Plain JSON, instants and lengths in ms, as of now. Not for the public.
 */

import { lastVersion, readDefinitions } from '#db/queries/definitions.ts';
import type { OverrideView } from '#domain/ledger/override-account.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';
import { overridesView } from './overrides.ts';

const A_PAGE = 30;

export interface OverrideLine extends OverrideView {
  /** Of the component. */
  readonly name: string;
  readonly standing: 'in_force' | 'waiting' | 'revoked';
}
export interface OverridePlace {
  readonly at: Instant;
  readonly id: string;
}
export interface ConsoleOverridesView {
  readonly asOf: Instant;
  readonly zone: string;
  /** The longest waiting first; on the first page only. */
  readonly waiting: readonly OverrideLine[];
  readonly lines: readonly OverrideLine[];
  readonly next: OverridePlace | null;
  readonly further: boolean;
}

const standingOf = ({ revokedBy, inEffect }: OverrideView): OverrideLine['standing'] =>
  revokedBy !== null ? 'revoked' : inEffect ? 'in_force' : 'waiting';

/** Every component there ever was, by its slug. */
export const componentNames = async ({ store }: Pick<Context, 'store'>): Promise<ReadonlyMap<string, string>> =>
  new Map((await readDefinitions(store)).components.map(({ slug, versions }) => [slug, lastVersion(versions).name]));

const follows = ({ recordedAt, id }: OverrideView, { at, id: place }: OverridePlace): boolean =>
  recordedAt < at || (recordedAt === at && id < place);

export const consoleOverrides = async (
  { store, clock, config }: Pick<Context, 'store' | 'clock' | 'config'>,
  before: OverridePlace | null,
): Promise<ConsoleOverridesView> => {
  const { policy } = config;
  const [view, names] = await Promise.all([overridesView({ store, clock, policy }), componentNames({ store })]);
  const all = view.overrides.map(
    (one): OverrideLine => ({ ...one, name: names.get(one.component) ?? one.component, standing: standingOf(one) }),
  );
  const rest = all.toReversed().filter((one) => before === null || follows(one, before));
  const lines = rest.slice(0, A_PAGE);
  const last = lines.at(-1);
  return {
    asOf: view.asOf,
    zone: view.zone,
    waiting: before === null ? all.filter(({ standing }) => standing === 'waiting') : [],
    lines,
    next: rest.length > A_PAGE && last ? { at: last.recordedAt, id: last.id } : null,
    further: before !== null,
  };
};
