/**
 * A day of checks of one (component, location) as two blobs. Layout: version byte, CRC-32 of what follows (4 bytes, big
 * endian), number of rows, then one column after another as varint(length * 2 + deflated?) and its bytes. Columns hold
 * small residuals (instants: change of the distance; took: what latency does not explain; delay: what took does not), wide
 * ones are split into low bytes and the rest, so that each compresses by its own statistics. Columns a newer Avow adds
 * go to the end. Refuses a blob that is damaged, cut or of another version, with a sentence.
 */
import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { ByteReader, ByteWriter, unzigzag, zigzag } from './varint.ts';

/** One row of `checks` without its component and location: numbers as the columns of db/schema/evidence.ts say. */
export interface CheckRow {
  readonly at: number;
  readonly lag: number;
  readonly took: number;
  readonly delay: number;
  readonly outcome: number;
  readonly reason: number;
  readonly canary: number | null;
  readonly status: number | null;
  readonly latencyUs: number | null;
  /** Microseconds of dns, connect, tls, ttfb, transfer; 0: did not happen, else µs + 1. Null: none happened. */
  readonly phases: readonly number[] | null;
  readonly detail: string | null;
}
/** What the fold and the rollup need of a day. Latency -1: not measured. */
export interface Evidence {
  readonly at: Float64Array;
  readonly outcome: Uint8Array;
  readonly latencyUs: Float64Array;
}

/** What the fold needs of a day, and nothing else. */
export interface Series {
  readonly at: Float64Array;
  readonly outcome: Uint8Array;
}

const VERSION = 1;
const PHASE_COUNT = 5;
/** Of a core, between the outcomes and the instant at which its last row was recorded. */
const COLUMNS_BETWEEN = 10;

const column = (out: ByteWriter, bytes: Uint8Array): void => {
  const packed = deflateRawSync(bytes, { level: 9, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY });
  const smaller = packed.length < bytes.length;
  out.varint((smaller ? packed.length : bytes.length) * 2 + (smaller ? 1 : 0));
  out.append(smaller ? packed : bytes);
};
const inflated = (bytes: Uint8Array): Uint8Array => inflateRawSync(bytes, { maxOutputLength: 64 * 1024 * 1024, chunkSize: 4096 });

/** A column on which nothing happens packs to the same few bytes every day: such are unpacked once. */
const TINY = 24;
const MOST_TINY = 256;
const tiny = new Map<string, Uint8Array>();
const inflatedTiny = (bytes: Uint8Array): Uint8Array => {
  const key = String.fromCharCode(...bytes);
  const known = tiny.get(key);
  if (known) return known;
  if (tiny.size >= MOST_TINY) tiny.clear();
  const made = inflated(bytes);
  tiny.set(key, made);
  return made;
};
/** As it is: a recomputation reads this column of every pack, and to unpack it costs more time than all the rest. */
const plainColumn = (out: ByteWriter, bytes: Uint8Array): void => {
  out.varint(bytes.length * 2);
  out.append(bytes);
};
const readColumn = (reader: ByteReader): ByteReader => {
  const head = reader.varint();
  const bytes = reader.take(Math.floor(head / 2));
  if (head % 2 === 0) return new ByteReader(bytes);
  return new ByteReader(bytes.length <= TINY ? inflatedTiny(bytes) : inflated(bytes));
};

const numbers = (values: readonly number[]): Uint8Array => {
  const out = new ByteWriter();
  for (const value of values) out.varint(value);
  return out.done();
};
/** Low bytes apart from the rest: the low byte of a latency is noise, the rest is not. */
const split = (out: ByteWriter, values: readonly number[]): void => {
  column(
    out,
    Uint8Array.from(values, (value) => value % 256),
  );
  column(out, numbers(values.map((value) => Math.floor(value / 256))));
};
/** `count` numbers of such a pair of columns. */
const readSplits = (reader: ByteReader, count: number): Float64Array => {
  const low = readColumn(reader).take(count);
  const numbers = new Float64Array(count);
  readColumn(reader).varints(numbers);
  for (let i = 0; i < count; i++) numbers[i] = (low[i] as number) + (numbers[i] as number) * 256;
  return numbers;
};
const readSplit = (reader: ByteReader): (() => number) => {
  const low = readColumn(reader);
  const high = readColumn(reader);
  return () => low.byte() + high.varint() * 256;
};

const sealed = (count: number, body: ByteWriter): Uint8Array => {
  const counted = new ByteWriter();
  counted.varint(count);
  counted.append(body.done());
  const content = counted.done();
  const out = new Uint8Array(content.length + 5);
  out[0] = VERSION;
  new DataView(out.buffer).setUint32(1, crc32(content));
  out.set(content, 5);
  return out;
};
const unseal = (blob: Uint8Array): ByteReader => {
  if (blob.length < 6) throw new Error(`A pack of checks is cut off after ${blob.length} bytes. Restore it from a backup.`);
  if (blob[0] !== VERSION)
    throw new Error(`A pack of checks has version ${blob[0]}, this Avow reads ${VERSION}. A newer Avow wrote it, or it is damaged.`);
  const content = blob.subarray(5);
  const stored = new DataView(blob.buffer, blob.byteOffset).getUint32(1);
  if (crc32(content) !== stored) throw new Error('A pack of checks is damaged: its checksum does not match. Restore it from a backup.');
  return new ByteReader(content);
};

/** Passes over columns without unpacking them. */
const skip = (reader: ByteReader, columns: number): void => {
  for (let i = 0; i < columns; i++) reader.take(Math.floor(reader.varint() / 2));
};

const explained = (row: { readonly latencyUs: number | null }): number => Math.round((row.latencyUs ?? 0) / 1_000);
const orNull = (value: number): number | null => (value === 0 ? null : value - 1);

/** Rows ascending by `at`, all within one day, at least one. */
export const encodeCore = (rows: readonly CheckRow[]): Uint8Array => {
  const out = new ByteWriter();
  const first = rows[0]?.at ?? 0;
  out.varint(zigzag(first));
  let previous = first;
  let distance = 0;
  const instants = rows.slice(1).map(({ at }) => {
    const change = at - previous - distance;
    distance = at - previous;
    previous = at;
    return zigzag(change);
  });
  plainColumn(out, numbers(instants));
  column(out, numbers(rows.map((row) => row.outcome)));
  split(
    out,
    rows.map((row) => (row.latencyUs === null ? 0 : row.latencyUs + 1)),
  );
  column(out, numbers(rows.map((row) => row.reason)));
  column(out, numbers(rows.map((row) => (row.status === null ? 0 : row.status + 1))));
  column(out, numbers(rows.map((row) => (row.canary === null ? 0 : row.canary + 1))));
  column(out, numbers(rows.map((row) => zigzag(row.lag))));
  column(out, numbers(rows.map((row) => zigzag(row.took - explained(row)))));
  column(out, numbers(rows.map((row) => zigzag(row.delay - row.took))));
  const details = [...new Set(rows.flatMap((row) => (row.detail === null ? [] : [row.detail])))];
  const place = new Map(details.map((detail, i) => [detail, i + 1]));
  column(out, new TextEncoder().encode(details.length > 0 ? JSON.stringify(details) : ''));
  column(out, numbers(rows.map((row) => (row.detail === null ? 0 : (place.get(row.detail) ?? 0)))));
  const recordedUntil = rows.reduce((latest, { at, delay }) => Math.max(latest, at + delay), Number.NEGATIVE_INFINITY);
  column(out, numbers([zigzag(recordedUntil - first)]));
  return sealed(rows.length, out);
};

/** Columns into which packs are unpacked one behind the other, so that a month costs one allocation. */
export class SeriesColumns {
  readonly #packs: number;
  #at = new Float64Array();
  #outcome = new Uint8Array();
  #length = 0;
  /** `packs`: how many there will be, about as large as the first. */
  constructor(packs: number) {
    this.#packs = packs;
  }
  /** The rows so far, as a view. */
  get series(): Series {
    return this.from(0);
  }
  from(place: number): Series {
    return { at: this.#at.subarray(place, this.#length), outcome: this.#outcome.subarray(place, this.#length) };
  }
  get length(): number {
    return this.#length;
  }
  clear(): void {
    this.#length = 0;
  }
  /** Adds the first two columns of a pack. */
  read(reader: ByteReader): void {
    const count = reader.varint();
    this.#reserve(count);
    const [columnAt, columnOutcome, start] = [this.#at, this.#outcome, this.#length];
    let here = unzigzag(reader.varint());
    let distance = 0;
    const instants = readColumn(reader);
    const outcomes = readColumn(reader);
    if (count > 0) columnAt[start] = here;
    const changes = columnAt.subarray(start + 1, start + count);
    instants.varints(changes);
    for (let i = 0; i < changes.length; i++) {
      distance += unzigzag(changes[i] as number);
      here += distance;
      changes[i] = here;
    }
    // Numbers of outcomes are bytes.
    columnOutcome.set(outcomes.take(count), start);
    this.#length += count;
  }
  /** Keeps of the rows from `place` on those that are told to stay. */
  keep(place: number, stays: (index: number) => boolean): void {
    let to = place;
    for (let i = place; i < this.#length; i++) {
      if (!stays(i - place)) continue;
      this.#at[to] = this.#at[i] as number;
      this.#outcome[to++] = this.#outcome[i] as number;
    }
    this.#length = to;
  }
  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#at.length) return;
    const room = Math.max(needed, this.#at.length === 0 ? Math.ceil(count * this.#packs * 1.05) : this.#length * 2);
    const before = this.series;
    this.#at = new Float64Array(room);
    this.#outcome = new Uint8Array(room);
    this.#at.set(before.at);
    this.#outcome.set(before.outcome);
  }
}

const readSeries = (reader: ByteReader): Series => {
  const columns = new SeriesColumns(1);
  columns.read(reader);
  return columns.series;
};

const readEvidence = (reader: ByteReader): Evidence => {
  const series = readSeries(reader);
  const latencyUs = readSplits(reader, series.at.length);
  for (let i = 0; i < latencyUs.length; i++) latencyUs[i] = (latencyUs[i] as number) - 1;
  return { ...series, latencyUs };
};

/** Instants and outcomes alone: what a recomputation over millions of checks reads. */
export const decodeSeries = (core: Uint8Array): Series => readSeries(unseal(core));

/** Of what follows the first two columns: when the last row was recorded; null: an Avow wrote it that did not say so. */
const readRecordedUntil = (rest: Uint8Array, first: number): number | null => {
  const reader = new ByteReader(rest);
  skip(reader, COLUMNS_BETWEEN);
  return reader.left > 0 ? first + unzigzag(readColumn(reader).varint()) : null;
};
/** Likewise when each row was recorded. */
const readRecorded = (rest: Uint8Array, at: Float64Array): Float64Array => {
  const reader = new ByteReader(rest);
  const latency = readSplit(reader);
  skip(reader, 4);
  const [took, delay] = [readColumn(reader), readColumn(reader)];
  return at.map((instant) => {
    const us = latency() - 1;
    return instant + unzigzag(delay.varint()) + unzigzag(took.varint()) + explained({ latencyUs: us === -1 ? null : us });
  });
};

/**
 * Adds a pack to what was read before it; `recordedBy`: only rows recorded by then, null: all. A pack says when its last row was
 * recorded, so that most are not looked at for it.
 */
export const addSeries = (columns: SeriesColumns, core: Uint8Array, recordedBy: number | null): void => {
  const reader = unseal(core);
  const place = columns.length;
  columns.read(reader);
  if (recordedBy === null || columns.length === place) return;
  const { at } = columns.from(place);
  const rest = reader.take(reader.left);
  const until = readRecordedUntil(rest, at[0] as number);
  if (until !== null && until <= recordedBy) return;
  const recordedAt = readRecorded(rest, at);
  columns.keep(place, (i) => (recordedAt[i] as number) <= recordedBy);
};

/** The part of a pack that decides; three times faster than the whole. */
export const decodeEvidence = (core: Uint8Array): Evidence => readEvidence(unseal(core));

export const decodePack = (core: Uint8Array, phases: Uint8Array | null): CheckRow[] => {
  const reader = unseal(core);
  const { at, outcome, latencyUs } = readEvidence(reader);
  const [reason, status, canary, lag, took, delay, texts, place] = [
    readColumn(reader),
    readColumn(reader),
    readColumn(reader),
    readColumn(reader),
    readColumn(reader),
    readColumn(reader),
    readColumn(reader),
    readColumn(reader),
  ];
  const details: string[] = texts.left > 0 ? JSON.parse(new TextDecoder().decode(texts.take(texts.left))) : [];
  const phasesOf = phases ? readPhases(phases, at.length) : () => null;
  return Array.from(at, (instant, i): CheckRow => {
    const latency = latencyUs[i] === -1 ? null : (latencyUs[i] ?? null);
    const whole = unzigzag(took.varint()) + explained({ latencyUs: latency });
    return {
      at: instant,
      outcome: outcome[i] ?? 0,
      latencyUs: latency,
      reason: reason.varint(),
      status: orNull(status.varint()),
      canary: orNull(canary.varint()),
      lag: unzigzag(lag.varint()),
      took: whole,
      delay: unzigzag(delay.varint()) + whole,
      detail: details[place.varint() - 1] ?? null,
      phases: phasesOf(),
    };
  });
};

/** Phases of the rows that `keep` names, or null when none of them has any. */
export const encodePhases = (rows: readonly CheckRow[], keep: (row: CheckRow) => boolean): Uint8Array | null => {
  const kept = rows.filter((row) => row.phases !== null && keep(row));
  if (kept.length === 0) return null;
  const out = new ByteWriter();
  const chosen = new Set(kept);
  column(out, numbers(rows.map((row) => (chosen.has(row) ? 1 : 0))));
  for (let phase = 0; phase < PHASE_COUNT; phase++) {
    split(
      out,
      kept.map((row) => row.phases?.[phase] ?? 0),
    );
  }
  return sealed(rows.length, out);
};

const readPhases = (blob: Uint8Array, rows: number): (() => number[] | null) => {
  const reader = unseal(blob);
  const count = reader.varint();
  if (count !== rows) throw new Error(`A pack of checks is damaged: ${count} rows of phases belong to ${rows} checks.`);
  const present = readColumn(reader);
  const columns = Array.from({ length: PHASE_COUNT }, () => readSplit(reader));
  return () => (present.varint() === 1 ? columns.map((next) => next()) : null);
};

/** The blob of the hot column `p`: five varints of µs + 1. */
export const phasesToBlob = (phases: readonly number[]): Uint8Array => numbers(phases);
export const phasesFromBlob = (blob: Uint8Array): number[] => {
  const reader = new ByteReader(blob);
  return Array.from({ length: PHASE_COUNT }, () => reader.varint());
};
