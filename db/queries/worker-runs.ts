/** Runs of a location's prober, from start to last beat: time outside every run is `worker_silent` (semantics A5). */
import type { Instant } from '#domain/time/instant.ts';
import type { Store } from '../store.ts';

/** Starts the run or moves its end; the end never moves back. Answers false when the location is unknown to the store. */
export const saveWorkerRun = async (store: Store, location: string, startedAt: Instant, lastBeatAt: Instant): Promise<boolean> => {
  const [rows] = await store.write([
    {
      sql: `INSERT INTO worker_runs (location_id, started_at_ms, last_beat_at_ms)
            SELECT id, ?, ? FROM locations WHERE slug = ?
            ON CONFLICT (location_id, started_at_ms) DO UPDATE SET last_beat_at_ms = max(last_beat_at_ms, excluded.last_beat_at_ms)`,
      args: [startedAt, lastBeatAt, location],
    },
  ]);
  return (rows?.rowsAffected ?? 0) > 0;
};

export interface WorkerRun {
  readonly startedAt: Instant;
  readonly lastBeatAt: Instant;
}

/** Runs of one location that touch `[from, to)`, in order. */
export const workerRuns = async (store: Store, location: string, from: Instant, to: Instant): Promise<WorkerRun[]> => {
  const { rows } = await store.read({
    sql: `SELECT r.started_at_ms, r.last_beat_at_ms FROM worker_runs r JOIN locations l ON l.id = r.location_id
          WHERE l.slug = ? AND r.started_at_ms < ? AND r.last_beat_at_ms >= ? ORDER BY r.started_at_ms`,
    args: [location, to, from],
  });
  return rows.map(([startedAt, lastBeatAt]) => ({ startedAt: Number(startedAt) as Instant, lastBeatAt: Number(lastBeatAt) as Instant }));
};
