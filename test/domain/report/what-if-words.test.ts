import { describe, expect, it } from 'vitest';
import type { WhatIf } from '#domain/report/what-if.ts';
import { whatIfWords } from '#domain/report/what-if-words.ts';
import { at, stretch } from '../sla/examples.ts';

const window = stretch('2026-10-10T14:00:00Z', '2026-10-10T16:00:00Z');
const sentences: readonly (readonly [WhatIf, string])[] = [
  [{ kind: 'drop_announcement', id: 'm1' }, 'Announcement m1 had not been made.'],
  [
    { kind: 'move_announcement', id: 'm1', ...window },
    'Announcement m1 had said Sat 2026-10-10 10:00 to 12:00 America/New_York (UTC-4) from its first word on.',
  ],
  [
    { kind: 'add_announcement', components: '*', announcedAt: at('2026-10-01T00:00:00Z'), ...window },
    'Sat 2026-10-10 10:00 to 12:00 America/New_York (UTC-4) had been announced in time, for all components.',
  ],
  [{ kind: 'add_outage', component: 'app', ...window }, 'app had been down Sat 2026-10-10 10:00 to 12:00 America/New_York (UTC-4).'],
  [{ kind: 'drop_outage', component: 'app', ...window }, 'app had been up Sat 2026-10-10 10:00 to 12:00 America/New_York (UTC-4).'],
  [{ kind: 'target_ppm', targetPpm: 999_000 }, '99.9 % had been promised.'],
  [{ kind: 'tiers', tiers: [{ belowPpm: 995_000, creditBp: 1_000 }] }, 'The credit were 10 % below 99.5 %.'],
  [{ kind: 'cap_bp', capBp: 5_000 }, 'The credit were at most 50 % of the fee.'],
  [{ kind: 'unknown_policy', unknownPolicy: 'down' }, 'What was not measured counts as down.'],
  [{ kind: 'count_degraded', countDegraded: true }, 'Slow answers count as down.'],
];

describe('what is imagined, in words', () => {
  it.each(sentences)('%j', (change, sentence) => {
    expect(whatIfWords(change, 'America/New_York')).toBe(sentence);
  });
});
