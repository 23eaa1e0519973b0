/**
 * What a store holds once the product that wrote it has ended: read as a restart would read it, and judged by the doctor.
 * The invariants of reliability I1 to I8 that the schema does not already make impossible are listed as `broken`.
 */
import { join } from 'node:path';
import { openStore } from '#db/client.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { systemClock } from '#monitor/clock.ts';
import { silentLog } from './temp-store.ts';

export interface StoredIncident {
  readonly id: string;
  readonly slug: string;
  readonly startedAt: number;
  readonly resolvedAt: number | null;
}
export interface Examined {
  /** `slug@instant` of every check. */
  readonly keys: ReadonlySet<string>;
  readonly rows: number;
  /** Rows by component. */
  readonly rowsOf: Readonly<Record<string, number>>;
  /** Checks by outcome: 0 ok, 1 slow, 2 fail, 3 error. */
  readonly outcomes: Readonly<Record<number, number>>;
  readonly incidents: readonly StoredIncident[];
  /** `type key payload` of every row, in order. */
  readonly outbox: readonly string[];
  /** Of Avow itself, in order. */
  readonly events: readonly { readonly kind: string; readonly detail: Readonly<Record<string, unknown>> }[];
  /** `instant: sentence` of every failed check, in order. */
  readonly failures: readonly string[];
  /** Late by how many ms each check began. */
  readonly lags: readonly number[];
  /** Checks that ended before they began, spans that end before they start. */
  readonly negative: number;
  /** Sentences; empty when all is well. */
  readonly broken: readonly string[];
}

const overlapping = (incidents: readonly StoredIncident[]): string[] => {
  const broken: string[] = [];
  const last = new Map<string, StoredIncident>();
  for (const incident of incidents) {
    const before = last.get(incident.slug);
    if (incident.resolvedAt !== null && incident.resolvedAt < incident.startedAt)
      broken.push(`incident ${incident.id} ends before it starts`);
    if (before && (before.resolvedAt === null || before.resolvedAt > incident.startedAt))
      broken.push(`incident ${incident.id} begins before ${before.id} has ended`);
    last.set(incident.slug, incident);
  }
  return broken;
};

/** Opens the store in `data`, reads all of it, lets the doctor look, and closes it again. Rejects when it cannot be opened. */
export const examine = async (data: string): Promise<Examined> => {
  const store = await openStore({ path: join(data, 'avow.db'), clock: systemClock, log: silentLog });
  try {
    const rows = async (sql: string) => (await store.read({ sql })).rows;
    const report = await doctorReport({ store, clock: systemClock });
    const checks = await rows('SELECT slug, at, o, lag FROM checks JOIN components ON components.id = c ORDER BY at');
    const incidents = (
      await rows(
        'SELECT incidents.id, slug, started_at_ms, resolved_at_ms FROM incidents JOIN components ON components.id = component_id ORDER BY started_at_ms',
      )
    ).map(
      ([id, slug, start, end]): StoredIncident => ({
        id: String(id),
        slug: String(slug),
        startedAt: Number(start),
        resolvedAt: end === null ? null : Number(end),
      }),
    );
    const rowsOf: Record<string, number> = {};
    const outcomes: Record<number, number> = {};
    for (const [slug, , outcome] of checks) {
      rowsOf[String(slug)] = (rowsOf[String(slug)] ?? 0) + 1;
      outcomes[Number(outcome)] = (outcomes[Number(outcome)] ?? 0) + 1;
    }
    const keys = new Set(checks.map(([slug, at]) => `${slug}@${at}`));
    const [[integrity], foreign] = [(await rows('PRAGMA integrity_check'))[0] ?? [], await rows('PRAGMA foreign_key_check')];
    return {
      keys,
      rows: checks.length,
      rowsOf,
      outcomes,
      incidents,
      outbox: (await rows('SELECT type, key, payload_json FROM outbox ORDER BY id')).map((row) => row.join(' ')),
      events: (await rows('SELECT kind, detail_json FROM events ORDER BY id')).map(([kind, detail]) => ({
        kind: String(kind),
        detail: JSON.parse(String(detail)) as Record<string, unknown>,
      })),
      failures: (await rows('SELECT at, d FROM checks WHERE o = 2 ORDER BY at')).map(([at, detail]) => `${at}: ${detail}`),
      negative: Number(
        (await rows('SELECT (SELECT count(*) FROM checks WHERE took < 0) + (SELECT count(*) FROM spans WHERE end_ms < start_ms)'))[0]?.[0],
      ),
      lags: checks.map((row) => Number(row[3])),
      broken: [
        ...(integrity === 'ok' ? [] : [`integrity check: ${integrity}`]),
        ...(foreign.length > 0 ? [`${foreign.length} broken references`] : []),
        ...(keys.size === checks.length ? [] : [`${checks.length - keys.size} checks are stored twice`]),
        ...(report.ok ? [] : report.differences.map(({ message }) => `doctor: ${message}`)),
        ...overlapping(incidents),
      ],
    };
  } finally {
    await store.close();
  }
};
