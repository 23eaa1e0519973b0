/**
 * The composition root: everything that runs is made, joined and ended here, and nowhere else. Order of the start: words
 * and files are judged before anything is touched, then store, configuration, recorder, front, and the probes last. The
 * end goes the other way, within ten seconds (reliability P28). Exit codes: docs/cli.md.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { openStore } from '#db/client.ts';
import { insertEvent } from '#db/queries/events.ts';
import { factsOf } from '#db/queries/facts.ts';
import { type Store, StoreFault } from '#db/store.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { ConfigurationChange } from '#monitor/actions/apply-configuration.ts';
