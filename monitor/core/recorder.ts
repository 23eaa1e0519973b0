/**
 * The one writer of evidence. Results wait in a bounded queue (`result-queue.ts`); one flush is in flight and the next accumulates
 * meanwhile (group commit). Each flush is one transaction of fact, state, incident and outbox; late results take their own. A store
 * that is full, unreadable or read-only keeps the queue waiting for as long as it takes; a lost one ends the writing.
 * Every write is idempotent by key, so after an unclear commit it reads the store again and repeats. Refuses what
 * `admission.ts` names; what is refused, known already or dropped is counted, never silent.
 */

import { lastVersion } from '#db/queries/definitions.ts';
import { insertEvent } from '#db/queries/events.ts';
import { readOpenIncidents } from '#db/queries/incidents.ts';
import { type Statement, type Store, StoreFault } from '#db/store.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { tellingsOf } from '#monitor/actions/told-incidents.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import { type Admitted, admit, type RefusalReason } from './admission.ts';
import { type Known, NOTHING_KNOWN, readKnown, readTracks } from './known.ts';
import { planBatch } from './plan-batch.ts';
import { planLate } from './plan-late.ts';
import type { Acknowledgement, Recorded, Recorder, RecorderStatus } from './recorder-types.ts';
import { type Fate, ResultQueue, type Waiting } from './result-queue.ts';
import { tellRemoved } from './told.ts';

export interface RecorderOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Results that may wait; more are dropped and counted. Reliability P21. */
  readonly queueLimit?: number;
  /** Results per transaction at most. */
  readonly batchLimit?: number;
}

/** First retry after a failed commit, and the longest pause between two: a store that recovers is used within 5 s. */
const RETRY_FROM = 100;
const RETRY_UP_TO = 5_000;
/** A statement the store itself refuses is our own fault; try this often before looking for the one result that causes it. */
const TRIES_BEFORE_SPLIT = 2;

class LiveRecorder implements Recorder {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #queue: ResultQueue;
  readonly #batchLimit: number;
  #known: Known = NOTHING_KNOWN;
  #running = false;
  #closed = false;
  #failures = 0;
  #limitNow: number;
  readonly #listeners: ((recorded: Recorded) => void)[] = [];
  #lastCommitAt: Instant | null = null;

  constructor(options: RecorderOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#queue = new ResultQueue(options.clock, options.queueLimit ?? 10_000);
    this.#batchLimit = options.batchLimit ?? 500;
    this.#limitNow = this.#batchLimit;
  }

  get status(): RecorderStatus {
    return { ...this.#queue.status, lastCommitAt: this.#lastCommitAt };
  }

  onRecorded(listener: (recorded: Recorded) => void): void {
    this.#listeners.push(listener);
  }

  record(results: readonly CheckResult[]): Promise<Acknowledgement> {
    if (results.length === 0) return Promise.resolve({ stored: true, fresh: 0, duplicates: 0, refused: 0 });
    const call = this.#queue.add(results);
    if (!call) return Promise.resolve({ stored: false, dropped: results.length });
    void this.#run();
    return call;
  }

  async reload(): Promise<void> {
    await this.#store.exclusive(() => this.reloadWithin());
    void this.#run();
  }

  async reloadWithin(): Promise<void> {
    this.#known = await readKnown(this.#store);
    await this.#closeRemoved();
  }

  drain(deadlineMs: number): Promise<number> {
    const { length } = this.#queue;
    return length === 0 || this.#closed ? Promise.resolve(length) : this.#queue.whenEmpty(deadlineMs);
  }

  /** The loop: runs while there is work and the store takes it. */
  async #run(): Promise<void> {
    if (this.#running || this.#closed) return;
    this.#running = true;
    try {
      while (!this.#queue.isEmpty && !this.#closed) {
        await this.#flush(this.#queue.take(this.#limitNow));
        this.#queue.rest();
      }
    } finally {
      this.#running = false;
    }
    this.#queue.tellWhoWaits();
  }

  async #flush(batch: readonly Waiting[]): Promise<void> {
    const open = new Set(batch);
    try {
      await this.#store.exclusive(() => this.#storeAll(open));
      this.#failures = 0;
      this.#limitNow = Math.min(this.#batchLimit, this.#limitNow * 2);
    } catch (fault) {
      this.#queue.rest(open);
      await this.#afterFault(fault, open);
    }
  }

  /** All that is still open of a batch, inside `exclusive`. Settles each result as it becomes durable, known or refused. */
  async #storeAll(open: Set<Waiting>): Promise<void> {
    const now = this.#clock.now();
    const { fresh, late } = this.#sort(open, now);
    // Told once for all: after a clock that was ahead is set right, every result is late for as long as it was ahead.
    const told = { changed: new Set<string>(), results: 0 };
    try {
      for (const group of late.values()) {
        const stored = await this.#storeLate(group, open, now);
        told.results += stored.fresh;
        for (const slug of stored.changed) told.changed.add(slug);
      }
    } finally {
      if (told.results > 0) this.#announce(told.changed, told.results, now);
    }
    await this.#storeFresh(fresh, open, now);
  }

  /** Refuses what may not be evidence; the rest ascending by instant, apart by whether it is newer than what is known. */
  #sort(open: Set<Waiting>, now: Instant): { fresh: Ordered[]; late: Map<number, Ordered[]> } {
    const fresh: Ordered[] = [];
    const late = new Map<number, Ordered[]>();
    for (const waiting of open) {
      const admitted = admit(this.#known, waiting.result, now);
      if (typeof admitted === 'string') {
        this.#refuse(waiting, open, admitted);
        continue;
      }
      const track = this.#known.tracks.get(admitted.key);
      if (!track || admitted.result.at > track.seenAt) fresh.push({ admitted, waiting });
      else {
        const group = late.get(admitted.key);
        if (group) group.push({ admitted, waiting });
        else late.set(admitted.key, [{ admitted, waiting }]);
      }
    }
    fresh.sort(byInstant);
    for (const group of late.values()) group.sort(byInstant);
    return { fresh, late };
  }

  async #storeFresh(ordered: readonly Ordered[], open: Set<Waiting>, now: Instant): Promise<void> {
    const plan = planBatch(
      this.#known,
      ordered.map(({ admitted }) => admitted),
      now,
    );
    const { dropped, since } = this.#queue.unreported;
    const report = dropped > 0 ? [insertEvent('results_dropped', now, { dropped, since })] : [];
    if (plan.statements.length + report.length > 0) await this.#commit([...plan.statements, ...report]);
    this.#queue.reported(dropped);
    const openBefore = plan.changed.size > 0 ? new Map(this.#known.incidents) : null;
    plan.draft.commit();
    if (openBefore) this.#tellOperator(openBefore);
    for (const { waiting, admitted } of ordered) this.#settle(waiting, open, plan.fresh.has(admitted) ? 'fresh' : 'duplicates');
    if (plan.fresh.size > 0) this.#announce(plan.changed, plan.fresh.size, now);
  }

  async #storeLate(
    group: readonly Ordered[],
    open: Set<Waiting>,
    now: Instant,
  ): Promise<{ readonly changed: readonly string[]; readonly fresh: number }> {
    const [first, ...rest] = group.map(({ admitted }) => admitted);
    if (!first) return { changed: [], fresh: 0 };
    const plan = await planLate(this.#store, this.#known, [first, ...rest], now);
    if (plan.statements.length > 0) {
      await this.#commit(plan.statements);
      const { componentId, locationId } = first;
      const tracks = await readTracks(this.#store, this.#known.componentsById, { componentId, locationId });
      for (const [key, track] of tracks) this.#known.tracks.set(key, track);
      const openBefore = new Map(this.#known.incidents);
      await this.#readIncidents();
      this.#tellOperator(openBefore);
    }
    const fresh = new Set(plan.fresh);
    const tooOld = new Set(plan.tooOld);
    for (const { waiting, admitted } of group) {
      if (tooOld.has(admitted)) this.#refuse(waiting, open, 'older than the evidence that is kept');
      else this.#settle(waiting, open, fresh.has(admitted) ? 'fresh' : 'duplicates');
    }
    return { changed: plan.stateChanged ? [first.component.slug] : [], fresh: fresh.size };
  }

  /** What began and what ended, for the person who watches the log. */
  #tellOperator(before: Known['incidents']): void {
    const after = this.#known.incidents;
    for (const { id, componentId, title, startedAt } of after.values())
      if (before.get(componentId)?.id !== id) this.#log.warn(`${title}.`, { since: isoOf(startedAt) });
    for (const { id, componentId, title, startedAt } of before.values())
      if (after.get(componentId)?.id !== id) this.#log.info(`Over: ${title}.`, { since: isoOf(startedAt) });
  }

  async #commit(statements: readonly Statement[]): Promise<void> {
    const told = await tellingsOf({ store: this.#store, clock: this.#clock }, statements);
    await this.#store.write([...statements, ...told]);
    this.#lastCommitAt = this.#clock.now();
  }

  async #readIncidents(): Promise<void> {
    this.#known.incidents.clear();
    for (const incident of await readOpenIncidents(this.#store)) this.#known.incidents.set(incident.componentId, incident);
  }

  async #closeRemoved(): Promise<void> {
    const now = this.#clock.now();
    for (const incident of [...this.#known.incidents.values()]) {
      const component = this.#known.componentsById.get(incident.componentId);
      const version = component && lastVersion(component.versions);
      if (!component || !version?.removed) continue;
      await this.#commit(tellRemoved(incident, component.slug, version.name, later(version.recordedAt, incident.startedAt), now));
      this.#known.incidents.delete(incident.componentId);
    }
  }

  #settle(waiting: Waiting, open: Set<Waiting>, fate: Fate): void {
    open.delete(waiting);
    this.#queue.settle(waiting, fate);
  }

  #refuse(
    waiting: Waiting,
    open: Set<Waiting>,
    reason: RefusalReason | 'older than the evidence that is kept' | 'the store refused it',
  ): void {
    const { componentId, locationId, at } = waiting.result;
    this.#log.warn(`A result was refused: ${reason}.`, { component: componentId, location: locationId, at });
    this.#settle(waiting, open, 'refused');
  }

  #announce(changed: Iterable<string>, results: number, at: Instant): void {
    const recorded: Recorded = { at, changed: [...changed], results };
    for (const listener of this.#listeners) {
      try {
        listener(recorded);
      } catch (cause) {
        this.#log.error('A listener of the recorder failed; the results are stored.', { cause: String(cause) });
      }
    }
  }

  /** Decides by the kind of fault (reliability D2), then waits. `open` is back in the queue. */
  async #afterFault(fault: unknown, open: ReadonlySet<Waiting>): Promise<void> {
    const kind = fault instanceof StoreFault ? fault.kind : 'other';
    this.#failures++;
    if (kind === 'closed' || this.#store.condition.state === 'lost') {
      this.#closed = true;
      this.#log.error('The recorder stops writing: the store is gone. Results wait in memory until Avow is restarted.', {
        queued: this.#queue.length,
        cause: String(fault),
      });
      return;
    }
    const waits = kind === 'full' || kind === 'io' || kind === 'readonly';
    if (this.#failures === 1 || !waits)
      this.#log.warn('A commit failed; its results stay in the queue.', { kind, queued: this.#queue.length, cause: String(fault) });
    if (!waits && this.#failures > TRIES_BEFORE_SPLIT) this.#narrow(fault, open);
    await this.#clock.sleep(Math.min(RETRY_UP_TO, RETRY_FROM * 2 ** Math.min(this.#failures - 1, 10)));
    await this.#readAgain();
  }

  /** One bad result must not hold up the others: smaller batches until it stands alone, then it is refused. */
  #narrow(fault: unknown, open: ReadonlySet<Waiting>): void {
    if (open.size > 1) {
      this.#limitNow = Math.max(1, Math.floor(open.size / 2));
      return;
    }
    const [alone] = open;
    const ours = !(fault instanceof StoreFault) || fault.kind === 'constraint';
    if (!alone || !ours) return;
    this.#queue.withdrawFirst();
    this.#failures = 0;
    this.#refuse(alone, new Set(open), 'the store refused it');
  }

  /** Whether the failed commit happened is unclear: memory is read again, keys make the repetition harmless. */
  async #readAgain(): Promise<void> {
    try {
      await this.#store.exclusive(async () => {
        this.#known = await readKnown(this.#store);
      });
    } catch (cause) {
      this.#log.warn('The store cannot be read after a failed commit; trying again.', { cause: String(cause) });
    }
  }
}

interface Ordered {
  readonly admitted: Admitted;
  readonly waiting: Waiting;
}
const byInstant = (a: Ordered, b: Ordered): number => a.admitted.result.at - b.admitted.result.at;

/** Reads what is known and is ready. Rejects with a `StoreFault` when the store cannot be read. */
export const createRecorder = async (options: RecorderOptions): Promise<Recorder> => {
  const recorder = new LiveRecorder(options);
  await recorder.reload();
  return recorder;
};
