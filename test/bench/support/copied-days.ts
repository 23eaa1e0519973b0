/**
 * Days that were written once through the product (test/support/history.ts) and can be laid anywhere: packs, rollups and the spans
 * inside them. A store of ten years is made of copies, because to write every one of its checks would take an hour.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#db/client.ts';
import { readDefinitions } from '#db/queries/definitions.ts';
import { decodeSeries } from '#db/queries/pack.ts';
import { foldSeries, type Piece } from '#domain/check/confirmation.ts';
import type { Judgement } from '#domain/check/span.ts';
import { DAY, type Instant, instant } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { writeHistory } from '../../support/history.ts';
import { configOf } from '../../support/months-desk.ts';
import { silentLog } from '../../support/temp-store.ts';

export interface CopiedDay {
  readonly day: number;
  readonly count: number;
  readonly core: Uint8Array;
  /** All columns of its row of `daily` but component, location and day. */
  readonly rollup: readonly (number | string)[];
  /** What lies between the plain good checks with which it begins and ends. */
  readonly inside: readonly Piece[];
}

export const ROLLUP_COLUMNS =
  'ok, slow, fail, error, up_ms, down_ms, unknown_ms, blips, blip_ms, strict_up_ms, strict_down_ms, strict_unknown_ms, slow_ms, latency_json';
const FROM = instant(Date.UTC(2026, 2, 1));

/** Null: the day begins or ends in trouble, and would not join on to another. */
const insideOf = (core: Uint8Array, judgement: Judgement): readonly Piece[] | null => {
  const { done, cursor } = foldSeries(null, decodeSeries(core), judgement);
  const pieces = [...done, ...(cursor?.tail ?? [])];
  const isUp = (piece: Piece | undefined): boolean => piece?.lenient === 'up' && piece.strict === 'up' && !piece.slow;
  return isUp(pieces[0]) && isUp(pieces.at(-1)) ? pieces.slice(1, -1) : null;
};

/** Per component its days, each with one-minute checks. */
export const copiedDays = async (components: number, days: number, seed: number): Promise<readonly (readonly CopiedDay[])[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  const store = await openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silentLog });
  try {
    const lines = Array.from({ length: components }, (_, i) => `  - { name: C${i}, http: "http://127.0.0.1:9/" }`);
    const config = configOf(`components:\n${lines.join('\n')}\n`);
    // The last two days stay hot, and the first has no rollup of its whole length.
    await writeHistory(store, config, { from: FROM, until: instant(FROM + (days + 3) * DAY), seed });
    const { rows } = await store.read({
      sql: `SELECT component_id, day, count, core, ${ROLLUP_COLUMNS} FROM check_packs JOIN daily USING (component_id, location_id, day) ORDER BY component_id, day`,
    });
    const [judged] = (await readDefinitions(store)).components;
    if (!judged) throw new Error('The store has no component.');
    const found = Map.groupBy(rows, ([component]) => Number(component));
    return [...found.values()].map((own) =>
      own.flatMap(([, day, count, core, ...rollup]): CopiedDay[] => {
        const inside = insideOf(core as Uint8Array, judged.versions[0]);
        return inside
          ? [{ day: Number(day), count: Number(count), core: core as Uint8Array, rollup: rollup as (number | string)[], inside }]
          : [];
      }),
    );
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The spans of a pair that lived through these days, one after the other: good but for what lies inside each. */
export const spansOver = (days: readonly { readonly copy: CopiedDay; readonly day: number }[], start: Instant): Piece[] => {
  const found: Piece[] = [];
  let from = start;
  const good = (end: Instant | null): void => void found.push({ start: from, end, lenient: 'up', strict: 'up', slow: false });
  for (const { copy, day } of days) {
    const [first, last] = [copy.inside[0], copy.inside.at(-1)];
    if (!first || !last) continue;
    const moved = (at: number): Instant => instant(at + (day - copy.day) * DAY);
    good(moved(first.start));
    for (const piece of copy.inside) found.push({ ...piece, start: moved(piece.start), end: moved(piece.end as number) });
    from = moved(last.end as number);
  }
  good(null);
  return found;
};
