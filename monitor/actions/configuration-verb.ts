/** What the verbs of configuration share: which file rules, how a document is read here, and how it is made to be in force. */
import type { Store } from '#db/store.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config, ConfigFault } from '#monitor/config/config.ts';
import { renderFault } from '#monitor/config/fault.ts';
import type { KnownValues } from '#monitor/config/write-only.ts';
import type { Acting } from '#monitor/context.ts';
import type { ConfigurationChange } from './apply-configuration.ts';

/** A configuration as somebody has it. */
export interface GivenDocument {
  /** Name by which faults speak of it. */
  readonly name: string;
  readonly document: string;
  /** Files that it names, by the name they have in it, as base64. */
  readonly beside: Readonly<Record<string, string>>;
}

/** The file that a running Avow reads at start and on SIGHUP. */
export interface RulingFile {
  /** Absolute, links followed. */
  readonly path: string;
  /** As people speak of it. */
  readonly name: string;
  /** Its bytes as they are now; null: it cannot be read. */
  bytes(): Uint8Array | null;
}

export interface ConfigurationContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
  /** Null: none does. */
  readonly ruling: RulingFile | null;
  /** With the environment of whoever would run it; `known`: what is in force, for what an exported file hides. */
  parse(given: GivenDocument, known: KnownValues): Config | ConfigFault[];
  /** Reads the ruling file again, as SIGHUP does. */
  reload(): Promise<ConfigurationChange | ConfigFault[] | Refusal>;
  /** What was just applied is in force from now on. */
  taken(config: Config): Promise<void>;
}

export const badConfiguration = (faults: readonly ConfigFault[]): Refusal =>
  refuse('bad_configuration', faults.map(renderFault).join('\n'), { faults });
