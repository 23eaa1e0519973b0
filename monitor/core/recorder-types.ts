/** The recorder's face: results in, an acknowledgement out once they are durable. */
import type { CheckResult } from '#domain/check/check-result.ts';
import type { Instant } from '#domain/time/instant.ts';

export type Acknowledgement =
  | { readonly stored: true; readonly fresh: number; readonly duplicates: number; readonly refused: number }
  /** The bounded queue was full: these results are lost, and counted. Their time is unknown. */
  | { readonly stored: false; readonly dropped: number };

/** A change that readers care about; emitted after the commit. */
export interface Recorded {
  readonly at: Instant;
  /** Components whose state, incident or definition changed; empty when results only confirmed what was known. */
  readonly changed: readonly string[];
  readonly results: number;
}

export interface RecorderStatus {
  readonly queued: number;
  readonly droppedTotal: number;
  readonly storedTotal: number;
  readonly duplicateTotal: number;
  readonly refusedTotal: number;
  readonly lastCommitAt: Instant | null;
}

export interface Recorder {
  /** Resolves once every result of this call is durable, known already, refused, or dropped. Never rejects for a store that is full or gone: it waits. */
  record(results: readonly CheckResult[]): Promise<Acknowledgement>;
  onRecorded(listener: (recorded: Recorded) => void): void;
  readonly status: RecorderStatus;
  /** Reads cursors and definitions again: after start, after the configuration changed, after an unclear commit. */
  reload(): Promise<void>;
  /** The same for who is inside `store.exclusive`: what they wrote there is known before any result is judged again. */
  reloadWithin(): Promise<void>;
  /** Waits until the queue is empty or `deadlineMs` has passed; answers what is left. */
  drain(deadlineMs: number): Promise<number>;
}
