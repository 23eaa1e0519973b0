/** What is imagined, one sentence for each change, in the zone of the contract. Plain English. */
import { windowWords } from '../maintenance/words.ts';
import { bpWords, listWords, ppmWords } from './value-words.ts';
import type { WhatIf, WhatIfs } from './what-if.ts';

const UNKNOWN: Readonly<Record<WhatIfs['unknown_policy']['unknownPolicy'], string>> = {
  exclude: 'is left out',
  down: 'counts as down',
  up: 'counts as up',
};

const SAY: { readonly [K in keyof WhatIfs]: (change: WhatIfs[K], zone: string) => string } = {
  move_announcement: ({ id, ...window }, zone) => `Announcement ${id} had said ${windowWords(zone, window)} from its first word on.`,
  add_announcement: ({ components, ...window }, zone) =>
    `${windowWords(zone, window)} had been announced in time, for ${components === '*' ? 'all components' : listWords(components)}.`,
  drop_announcement: ({ id }) => `Announcement ${id} had not been made.`,
  add_outage: ({ component, ...stretch }, zone) => `${component} had been down ${windowWords(zone, stretch)}.`,
  drop_outage: ({ component, ...stretch }, zone) => `${component} had been up ${windowWords(zone, stretch)}.`,
  target_ppm: ({ targetPpm }) => `${ppmWords(targetPpm)} had been promised.`,
  tiers: ({ tiers }) =>
    `The credit were ${listWords(tiers.map(({ belowPpm, creditBp }) => `${bpWords(creditBp)} below ${ppmWords(belowPpm)}`))}.`,
  cap_bp: ({ capBp }) => `The credit were at most ${bpWords(capBp)} of the fee.`,
  unknown_policy: ({ unknownPolicy }) => `What was not measured ${UNKNOWN[unknownPolicy]}.`,
  count_degraded: ({ countDegraded }) => `Slow answers ${countDegraded ? 'count as down' : 'do not count as down'}.`,
};

export const whatIfWords = (change: WhatIf, zone: string): string =>
  (SAY[change.kind] as (change: WhatIf, zone: string) => string)(change, zone);
