/**
 * Starts checks when they are due: one heap, one timer, never two probes of one component at once. What is due when is
 * decided in domain/check/schedule.ts; here is only the doing. Starts are limited per turn of the loop, so that a
 * thousand checks due at one instant neither hold up their own answers nor each other's (performance G4).
 */
import type { CheckResult } from '#domain/check/check-result.ts';
import { begin, CATCH_UP_SPACING_MS, type Cadence, dueOf, isOverdue, phaseOf, postpone, settle, takeUp } from '#domain/check/schedule.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import { type Due, DueHeap } from './due-heap.ts';
import type { Assignment } from './messages.ts';

/** Per turn of the loop, at most about every ms: 5,000 a second, more than one core can probe. */
const STARTS_PER_TURN = 5;
/** Sockets in use at once; beyond it checks wait and `overload` is said. */
const MAX_IN_FLIGHT = 4_000;
/** A start later than this without a stall means that there is more work than time, ms. */
const OVERLOAD_MS = 1_500;

interface Entry extends Due {
  assignment: Assignment;
  fingerprint: string;
  cadence: Cadence;
  inFlight: boolean;
  gone: boolean;
  /** Counts definitions: an answer to an old one says nothing about the retries of the new one. */
  epoch: number;
}

export interface SchedulerDeps {
  readonly clock: Clock;
  /** Runs one check to its end; a rejection is our own fault and counts as no evidence. */
  readonly run: (assignment: Assignment, scheduledAt: Instant) => Promise<CheckResult['outcome']>;
  /** Called at each turn before anything starts. */
  readonly look: () => void;
  readonly onOverload: (facts: { readonly lateMs: number; readonly waiting: number }) => void;
  readonly maxInFlight?: number;
}

export interface Scheduler {
  /** Replaces everything assigned so far; unchanged checks keep their place. */
  assign(assignments: readonly Assignment[], lastAt: Readonly<Record<string, Instant>>): void;
  /** The loop stood still: what is overdue catches up in a queue instead of all at once. */
  afterStall(): void;
  readonly inFlight: number;
  /** Checks that are due and have not started. */
  waiting(): number;
  /** Starts nothing more; resolves when nothing is in flight. */
  stop(): Promise<void>;
}

export const createScheduler = ({ clock, run, look, onOverload, maxInFlight = MAX_IN_FLIGHT }: SchedulerDeps): Scheduler => {
  const entries = new Map<string, Entry>();
  const heap = new DueHeap<Entry>();
  let timer: Timer | null = null;
  let armedFor = Number.POSITIVE_INFINITY;
  let inFlight = 0;
  let overloaded = false;
  let stopped = false;
  let whenIdle: (() => void) | null = null;

  const nowMs = (): number => Math.floor(clock.monotonicUs() / 1_000);

  const arm = (): void => {
    const next = heap.peek();
    if (stopped || !next || inFlight >= maxInFlight || (timer && next.due >= armedFor)) return;
    timer?.cancel();
    armedFor = next.due;
    timer = clock.after(Math.max(1, next.due - nowMs()), turn);
  };
  const turn = (): void => {
    timer = null;
    armedFor = Number.POSITIVE_INFINITY;
    look();
    const now = nowMs();
    for (let started = 0; started < STARTS_PER_TURN && inFlight < maxInFlight; started++) {
      const next = heap.peek();
      if (stopped || !next || next.due > now) break;
      heap.pop();
      start(next, now);
    }
    sayOverload(now);
    arm();
  };
  const sayOverload = (now: number): void => {
    const lateMs = now - (heap.peek()?.due ?? now);
    if (lateMs > OVERLOAD_MS && !overloaded) onOverload({ lateMs, waiting: heap.countDue(now) });
    overloaded = lateMs > (overloaded ? 0 : OVERLOAD_MS);
  };
  const start = (entry: Entry, now: number): void => {
    const scheduledAt = (clock.now() - (now - entry.due)) as Instant;
    const { epoch } = entry;
    entry.cadence = begin(entry.cadence, now);
    entry.inFlight = true;
    inFlight++;
    run(entry.assignment, scheduledAt).then(
      (outcome) => finish(entry, epoch, outcome, now),
      () => finish(entry, epoch, 'error', now),
    );
  };
  const finish = (entry: Entry, epoch: number, outcome: CheckResult['outcome'], startedAt: number): void => {
    entry.inFlight = false;
    inFlight--;
    if (!entry.gone) {
      if (entry.epoch === epoch) entry.cadence = settle(entry.cadence, outcome, startedAt);
      enqueue(entry, nowMs());
    }
    if (stopped && inFlight === 0) whenIdle?.();
    arm();
  };
  /** Due when its time has come and it is free: what waited for its own last probe is not late. */
  const enqueue = (entry: Entry, now: number): void => {
    entry.due = Math.max(dueOf(entry.cadence), now);
    heap.push(entry);
  };

  const assign: Scheduler['assign'] = (assignments, lastAt) => {
    const now = nowMs();
    const wallNow = clock.now();
    heap.drain();
    const before = new Map(entries);
    entries.clear();
    const fresh: Entry[] = [];
    for (const assignment of assignments) {
      const fingerprint = JSON.stringify(assignment.check);
      const entry = before.get(assignment.componentId) ?? newEntry(assignment);
      before.delete(assignment.componentId);
      entries.set(assignment.componentId, entry);
      if (entry.fingerprint === fingerprint) continue;
      Object.assign(entry, { assignment, fingerprint, epoch: entry.epoch + 1 });
      fresh.push(entry);
    }
    for (const entry of before.values()) entry.gone = true;
    const phase = (entry: Entry): number => phaseOf(entry.assignment.componentId, entry.assignment.check.intervalMs);
    fresh.sort((a, b) => phase(a) - phase(b));
    let place = now;
    for (const entry of fresh) {
      const { componentId, check } = entry.assignment;
      const owes =
        entry.epoch > 1 || isOverdue(check.intervalMs, wallNow, Object.hasOwn(lastAt, componentId) ? (lastAt[componentId] ?? null) : null);
      entry.cadence = takeUp(componentId, check.intervalMs, now, wallNow, owes ? place : null);
      if (owes) place += CATCH_UP_SPACING_MS;
    }
    for (const entry of entries.values()) if (!entry.inFlight) enqueue(entry, now);
    timer?.cancel();
    timer = null;
    arm();
  };

  return {
    assign,
    afterStall: () => {
      const now = nowMs();
      let place = now;
      for (const entry of heap.drain().sort((a, b) => a.due - b.due)) {
        if (entry.due <= now) {
          entry.cadence = postpone(entry.cadence, now, place);
          place += CATCH_UP_SPACING_MS;
        }
        enqueue(entry, now);
      }
      arm();
    },
    get inFlight() {
      return inFlight;
    },
    waiting: () => heap.countDue(nowMs()),
    stop: () => {
      stopped = true;
      timer?.cancel();
      return inFlight === 0 ? Promise.resolve() : new Promise((resolve) => (whenIdle = resolve));
    },
  };
};

const newEntry = (assignment: Assignment): Entry => ({
  assignment,
  fingerprint: '',
  cadence: takeUp(assignment.componentId, assignment.check.intervalMs, 0, 0 as Instant, null),
  inFlight: false,
  gone: false,
  epoch: 0,
  due: 0,
});
