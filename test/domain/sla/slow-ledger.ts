/**
 * The ledger once more, as slowly as it can be said: of every tick of a period it asks which one of excluded, down, unknown
 * and available it is, by yes-or-no questions in the words of the policy. No interval is cut, merged or subtracted here, and
 * nothing of the product is used. Zones are asked of Intl, minute by minute.
 */
import type { CaseAnnouncement, CaseComponent, CaseDocument } from './arbitrary-case.ts';

export type Tick = 'X' | 'D' | 'U' | 'A';
export interface SlowSums {
  X: number;
  D: number;
  U: number;
  A: number;
}

const MINUTE = 60_000;

/** What a wall clock of the zone shows, for every minute of some days. */
const wallMinutes = (zone: string, from: number, to: number): { at: number; date: string; day: string; minute: number }[] => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const shown = [];
  for (let at = from; at < to; at += MINUTE) {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const date = `${part['year']}-${part['month']}-${part['day']}`;
    shown.push({ at, date, day: (part['weekday'] ?? '').toUpperCase(), minute: Number(part['hour']) * 60 + Number(part['minute']) });
  }
  return shown;
};

const walls = new Map<string, ReturnType<typeof wallMinutes>>();
const wallOf = (zone: string, around: number): ReturnType<typeof wallMinutes> => {
  const from = Math.floor(around / 86_400_000) * 86_400_000 - 3 * 86_400_000;
  const key = `${zone} ${from}`;
  const known = walls.get(key) ?? wallMinutes(zone, from, from + 11 * 86_400_000);
  walls.set(key, known);
  return known;
};

/** Local midnight by looking at the clock. */
const midnight = (zone: string, date: string, around: number): number => {
  const first = wallOf(zone, around).find((wall) => wall.date === date);
  if (!first) throw new Error(`${date} does not lie near ${new Date(around).toISOString()}`);
  return first.at;
};

export class SlowLedger {
  readonly start: number;
  readonly end: number;
  readonly #doc: CaseDocument;
  readonly #slots: { start: number; end: number }[];
  readonly #samples = new Map<string, { at: number; outcome: string }[]>();
  readonly #read = new Map<string, number>();

  constructor(doc: CaseDocument) {
    this.#doc = doc;
    let [start, end] = [Date.parse(doc.period.start), Date.parse(doc.period.end)];
    const around = start;
    if (doc.contract.start_date) start = Math.max(start, midnight(doc.timezone, doc.contract.start_date, around));
    if (doc.contract.end_date) {
      const next = new Date(Date.parse(doc.contract.end_date) + 86_400_000).toISOString().slice(0, 10);
      end = Math.min(end, midnight(doc.timezone, next, around));
    }
    [this.start, this.end] = [start, Math.max(start, end)];
    this.#slots = this.#findSlots(around);
    for (const component of doc.components)
      for (const [location, entries] of Object.entries(component.probes ?? {})) {
        const written = new Map<number, string>();
        for (const entry of entries) {
          if (entry.at) written.set(Date.parse(entry.at), entry.outcome);
          else
            for (let at = Date.parse(entry.from ?? ''); at < Date.parse(entry.to ?? ''); at += entry.every_ms ?? Number.NaN)
              written.set(at, entry.outcome);
        }
        const list = [...written].map(([at, outcome]) => ({ at, outcome })).filter(({ outcome }) => outcome !== 'error');
        this.#samples.set(
          `${component.id}/${location}`,
          list.sort((a, b) => a.at - b.at),
        );
      }
  }

  #findSlots(around: number): { start: number; end: number }[] {
    const { weekday, start, duration_min, zone } = this.#doc.rules.reserve;
    const wanted = Number(start.slice(0, 2)) * 60 + Number(start.slice(3));
    const days = new Map<string, ReturnType<typeof wallMinutes>>();
    for (const wall of wallOf(zone, around)) if (wall.day === weekday) days.set(wall.date, [...(days.get(wall.date) ?? []), wall]);
    return [...days.values()].map((minutes) => {
      const shown = minutes.find((wall) => wall.minute === wanted);
      const before = minutes.filter((wall) => wall.minute < wanted).at(-1);
      const at = shown ? shown.at : (before?.at ?? Number.NaN) + (wanted - (before?.minute ?? Number.NaN)) * MINUTE;
      return { start: at, end: at + duration_min * MINUTE };
    });
  }

  /** The instant that a text names. */
  #at(text: string | undefined): number {
    if (text === undefined) return Number.NaN;
    const known = this.#read.get(text) ?? Date.parse(text);
    this.#read.set(text, known);
    return known;
  }

  /** Why an announced instant counts, `excluded` when it does not, null when it was not announced. */
  reason(announcement: CaseAnnouncement, t: number): string | null {
    const revisions = announcement.revisions
      .map(({ recorded_at, start, end }) => ({ recorded: this.#at(recorded_at), covers: this.#at(start) <= t && t < this.#at(end) }))
      .sort((a, b) => a.recorded - b.recorded);
    const slot = this.#slots.find(({ start, end }) => start <= t && t < end);
    if (!slot) return revisions.at(-1)?.covers ? 'outside_reserve' : null;
    const deadline = slot.start - this.#doc.rules.min_notice_ms;
    const known = revisions.filter(({ recorded }) => recorded <= deadline);
    const late = revisions.filter(({ recorded }) => recorded > deadline);
    const governing = known.at(-1);
    if (!governing?.covers && !late.some(({ covers }) => covers)) return null;
    if (!governing) return 'late';
    if (!governing.covers || late.some(({ covers }) => !covers)) return 'late_edit';
    const cancelled = this.#at(announcement.cancelled_at) <= t;
    const completed = this.#at(announcement.completed_at) <= t;
    if (cancelled && completed)
      return this.#at(announcement.cancelled_at) <= this.#at(announcement.completed_at) ? 'cancelled' : 'completed';
    return cancelled ? 'cancelled' : completed ? 'completed' : 'excluded';
  }

  underWindow(id: string, t: number): boolean {
    return this.#doc.announcements.some(
      (one) => (one.components === '*' || one.components.includes(id)) && this.reason(one, t) === 'excluded',
    );
  }

  #isBad(outcome: string | undefined): boolean {
    return outcome === 'fail' || (outcome === 'slow' && this.#doc.rules.count_degraded);
  }

  #locationSays(samples: readonly { at: number; outcome: string }[], t: number): 'up' | 'down' | 'unknown' {
    const { hold_ms: hold, confirm_failures: needed } = this.#doc.rules;
    let [low, high] = [0, samples.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((samples[middle]?.at ?? 0) <= t) low = middle + 1;
      else high = middle;
    }
    const here = low - 1;
    const last = samples[here];
    if (!last || t - last.at >= hold) return 'unknown';
    if (!this.#isBad(last.outcome)) return 'up';
    const bad = (index: number): boolean => this.#isBad(samples[index]?.outcome);
    const joins = (index: number): boolean => (samples[index + 1]?.at ?? Number.POSITIVE_INFINITY) - (samples[index]?.at ?? 0) <= hold;
    let [first, final] = [here, here];
    while (first > 0 && bad(first - 1) && joins(first - 1)) first--;
    while (joins(final) && bad(final + 1)) final++;
    if (final - first + 1 >= needed) return 'down';
    return joins(final) ? 'up' : 'unknown';
  }

  componentSays(component: CaseComponent, t: number): 'up' | 'down' | 'unknown' {
    const strict = this.#doc.rules.count_degraded;
    const plain = (state: string): 'up' | 'down' | 'unknown' => (state === 'degraded' ? (strict ? 'down' : 'up') : (state as 'up'));
    const words = component.overrides
      .map((one, index) => ({ ...one, index, recorded: this.#at(one.recorded_at) }))
      .filter(({ start, end, revoked }) => !revoked && this.#at(start) <= t && t < this.#at(end))
      .sort((a, b) => a.recorded - b.recorded || a.index - b.index);
    const word = words.at(-1);
    if (word) return plain(word.state);
    if (component.probes) {
      const said = Object.keys(component.probes).map((location) =>
        this.#locationSays(this.#samples.get(`${component.id}/${location}`) ?? [], t),
      );
      const quorum = component.quorum ?? Math.floor(said.length / 2) + 1;
      if (said.filter((state) => state === 'down').length >= quorum) return 'down';
      return said.filter((state) => state === 'up').length >= said.length - quorum + 1 ? 'up' : 'unknown';
    }
    const here = (component.outages ?? [])
      .filter(({ start, end }) => this.#at(start) <= t && t < this.#at(end))
      .map(({ state }) => plain(state));
    return here.includes('down') ? 'down' : here.includes('unknown') ? 'unknown' : 'up';
  }

  tick(t: number): Tick {
    const critical = this.#doc.components.filter((component) => component.critical);
    const open = critical.filter((component) => !this.underWindow(component.id, t));
    const says = open.map((component) => this.componentSays(component, t));
    if (says.includes('down')) return 'D';
    if (open.length < critical.length) return 'X';
    return says.includes('unknown') ? 'U' : 'A';
  }

  /** Tick by tick; every instant of the case must lie on a tick. */
  sums(tickMs = MINUTE): SlowSums {
    const total: SlowSums = { X: 0, D: 0, U: 0, A: 0 };
    for (let t = this.start; t < this.end; t += tickMs) total[this.tick(t)] += tickMs;
    return total;
  }

  /** Every instant at which anything is written, and when every result stops speaking: between two of them nothing changes. */
  instants(): number[] {
    const found = new Set<number>([this.start, this.end]);
    const add = (...texts: (string | undefined)[]): void => {
      for (const text of texts) if (text) found.add(Date.parse(text));
    };
    for (const { start, end } of this.#slots) found.add(start).add(end);
    for (const one of this.#doc.announcements) {
      add(one.cancelled_at, one.completed_at);
      for (const { start, end } of one.revisions) add(start, end);
    }
    for (const { outages, overrides } of this.#doc.components)
      for (const { start, end } of [...(outages ?? []), ...overrides]) add(start, end);
    for (const samples of this.#samples.values()) for (const { at } of samples) found.add(at).add(at + this.#doc.rules.hold_ms);
    return [...found].filter((at) => at >= this.start && at <= this.end).sort((a, b) => a - b);
  }

  /** To the millisecond: asks once between each two written instants. */
  exactSums(): SlowSums {
    const total: SlowSums = { X: 0, D: 0, U: 0, A: 0 };
    const instants = this.instants();
    instants.forEach((t, index) => {
      const next = instants[index + 1];
      if (next !== undefined) total[this.tick(t)] += next - t;
    });
    return total;
  }
}
