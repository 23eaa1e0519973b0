/**
 * Binds what Avow itself writes of incidents: each update has a row of the audit in its own transaction, with every word of it, and those
 * from before there were such rows are bound once by their digest. Whether all of it stands as it was told, doctor asks here. What the
 * checks found follows from the checks; what was said of it, and when, follows from these rows. Source: reliability P18, ADR 0015.
 */
import { type NewUpdate, titlesIn, updatesIn } from '#db/queries/incidents.ts';
import {
  BIND,
  incidentTitles,
  knownUpdates,
  readBoundUntold,
  readTold,
  readUpdateHashes,
  TELL,
  type ToldRow,
  untoldOf,
} from '#db/queries/told-incidents.ts';
import type { Statement, Store } from '#db/store.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import { SYSTEM } from '#monitor/context.ts';
import { auditOf } from './audit.ts';

interface Telling {
  readonly store: Store;
  readonly clock: Clock;
}

const formOf = ({ id, status, body, displayAt }: NewUpdate, recordedAt: number, title: string | null): object => ({
  update: id,
  title,
  status,
  body,
  recorded_at_ms: recordedAt,
  /** Later where people posted before it. */
  shown_from_ms: displayAt,
});

/** The rows of the audit for whatever updates by Avow are among these statements, for the same transaction, inside `store.exclusive`. */
export const tellingsOf = async ({ store, clock }: Telling, statements: readonly Statement[]): Promise<Statement[]> => {
  const updates = updatesIn(statements);
  if (updates.length === 0) return [];
  // What is there already is written no second time.
  const known = await knownUpdates(
    store,
    updates.map(({ update }) => update.id),
  );
  const fresh = [...new Map(updates.map((one) => [one.update.id, one])).values()].filter(({ update }) => !known.has(update.id));
  const titles = new Map([
    ...titlesIn(statements),
    ...(await incidentTitles(
      store,
      fresh.map(({ update }) => update.incidentId),
    )),
  ]);
  return auditOf(
    { store, clock, actor: SYSTEM },
    ...fresh.map(({ update, recordedAt }) => ({
      verb: TELL,
      subject: `incident/${update.incidentId}`,
      before: null,
      after: formOf(update, recordedAt, titles.get(update.incidentId) ?? null),
    })),
  );
};

/** One slice after the other: of years of outages no more is held than is looked at. */
async function* toldRows(store: Store): AsyncGenerator<ToldRow> {
  for (let last = 0; ; ) {
    const rows = await readTold(store, last);
    if (rows === null) return;
    yield* rows;
    last = rows.at(-1)?.seq ?? last;
  }
}
const toldIn = ({ told }: ToldRow): Told => JSON.parse(told) as Told;

/** Once in the life of a store: binds what is there and has no row of its own. Answers how many updates were bound. */
export const bindToldIncidents = (ctx: Telling & Acting): Promise<number> =>
  ctx.store.exclusive(async () => {
    if ((await readBoundUntold(ctx.store)) !== null) return 0;
    const told = new Set<string>();
    for await (const row of toldRows(ctx.store)) told.add(toldIn(row).update);
    const untold = untoldOf(await readUpdateHashes(ctx.store), told);
    await ctx.store.write(await auditOf(ctx, { verb: BIND, subject: 'incident/all', before: null, after: { ...untold } }));
    return untold.rows;
  });

interface Told {
  readonly update: string;
  readonly title: string | null;
  readonly status: string;
  readonly body: string;
  readonly recorded_at_ms: number;
  readonly shown_from_ms: number;
}
const faultOf = (row: ToldRow): string | null => {
  const { seq, subject, shown, besidePost } = row;
  const { update, title, status, body, recorded_at_ms, shown_from_ms } = toldIn(row);
  const which = `What Avow wrote of ${subject} (${update})`;
  if (shown === null) return `${which} is missing: row ${seq} of the audit tells of it. It was deleted past Avow.`;
  const isShownThen = shown.displayAt === shown_from_ms || (shown.displayAt > shown_from_ms && besidePost);
  const same =
    `incident/${shown.incident}` === subject &&
    shown.status === status &&
    shown.body === body &&
    shown.recordedAt === recorded_at_ms &&
    shown.incidentTitle === title &&
    !shown.isOfPeople &&
    isShownThen;
  return same ? null : `${which} is not what row ${seq} of the audit tells. It was edited past Avow.`;
};

/** A sentence for whatever is not as it was told; none for a store that has not begun. */
export const toldFaults = async (store: Store): Promise<string[]> => {
  const earlier = await readBoundUntold(store);
  if (earlier === null) return [];
  // Before the rows of the audit: what is recorded meanwhile is told by the time that they are read.
  const hashes = await readUpdateHashes(store);
  const told = new Set<string>();
  const faults: string[] = [];
  for await (const row of toldRows(store)) {
    told.add(toldIn(row).update);
    const fault = faultOf(row);
    if (fault) faults.push(fault);
  }
  const now = untoldOf(hashes, told);
  const more = now.rows - earlier.rows;
  if (more > 0)
    faults.push(
      `${more} of the updates that Avow is said to have written of incidents ${more === 1 ? 'is' : 'are'} told by no row of the audit. That was put in past Avow.`,
    );
  else if (more < 0 || now.sha256 !== earlier.sha256)
    faults.push('What Avow wrote of incidents before the audit told of it is not what was bound. It was edited or deleted past Avow.');
  return faults;
};
