import { expect, test } from 'vitest';
import { obstacleOf } from '#domain/report/report-stage.ts';
import { monthFigures } from '#domain/sla/month-statement.ts';
import { at, component, monthFacts } from '../sla/examples.ts';

const nothingMeasured = { asOf: at('2026-08-01T00:00:00Z'), components: [component('app', [])] };
const decision = { id: 'j7', decision: 'met', reason: 'r', evidence: 'e', author: 'Ann Lee', approvedBy: null } as const;

test('an indeterminate month names the command that is next, for the first person and for the second', () => {
  const month = monthFigures(monthFacts('2026-06', nothingMeasured));
  expect(obstacleOf(month, null)).toMatch(
    /Two people must settle it, the first with: avow adjudicate 2026-06 --contract \S+ --decision met\|missed --reason TEXT --evidence TEXT --as NAME$/,
  );
  expect(obstacleOf(month, decision)).toMatch(
    /Ann Lee decided "met"; a second person must approve it: avow adjudicate approve j7 --as NAME$/,
  );
});
