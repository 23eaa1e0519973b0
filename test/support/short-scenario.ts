/** The last two months of a scenario: what a test can build twice. */
import type { Scenario } from '#monitor/demo/scenario.ts';

const LATE = /^(-[12] |0 |now|coming)/;

export const lastTwoMonths = (scenario: Scenario): Scenario => ({
  ...scenario,
  begins: '-3 last 00:00',
  troubles: scenario.troubles.filter(({ at }) => LATE.test(at)),
  deeds: scenario.deeds.filter((deed) => LATE.test(deed.at) && (deed.do !== 'close' || deed.month >= -2)),
});
