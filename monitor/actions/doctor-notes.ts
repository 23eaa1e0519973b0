/** What doctor has to say that is no fault: sentinels, time zone data, what the prober was doing. */
import process from 'node:process';
import { lastSettings } from '#db/queries/settings.ts';
import { utcWords } from '#domain/maintenance/words.ts';
import type { Instant } from '#domain/time/instant.ts';
import { TZDATA_FLOOR } from '#domain/time/zone.ts';
import type { DoctorContext } from './doctor-types.ts';

export const environmentNotes = async (ctx: DoctorContext): Promise<string[]> => {
  const notes: string[] = [];
  const settings = await lastSettings(ctx.store);
  if (settings?.sentinels === 0)
    notes.push('The sentinel rule is off: no sentinels are configured, so an outage of our own network would count against the targets.');
  const tz = process.versions['tz'] ?? 'unknown';
  if (tz < TZDATA_FLOOR)
    notes.push(
      `The time zone data of this Node is ${tz}, older than ${TZDATA_FLOOR}: months in some zones would have other lengths. Use a newer Node.`,
    );
  return [...notes, ...(await proberNotes(ctx))];
};

const proberNotes = async (ctx: DoctorContext): Promise<string[]> => {
  const { rows } = await ctx.store.read({
    sql: `SELECT slug, count(w.started_at_ms), max(w.last_beat_at_ms), total(w.last_beat_at_ms < w.started_at_ms) FROM locations
      LEFT JOIN worker_runs w ON w.location_id = locations.id GROUP BY locations.id ORDER BY locations.id`,
  });
  return rows.map(([slug, runs, lastBeat, inverted]) => {
    if (Number(runs) === 0) return `The prober at ${slug} has never reported in; all its time is unknown.`;
    const odd = Number(inverted) > 0 ? ` ${inverted} of them end before they start: the clock was set back.` : '';
    return `The prober at ${slug} ran ${runs} ${Number(runs) === 1 ? 'time' : 'times'}; its last beat was at ${utcWords(Number(lastBeat) as Instant)}.${odd}`;
  });
};
