/** Writes docs/configuration.md anew: `node test/monitor/config/write-reference.ts`. */
import { writeFileSync } from 'node:fs';
import { configurationReference } from '#monitor/config/reference.ts';

writeFileSync(new URL('../../../docs/configuration.md', import.meta.url), configurationReference());
