/**
 * How far a month is from its final report, and what stands between them, as a sentence for the person who closes it. Source: semantics D5 (States).
 */
import { instantWords } from '../maintenance/words.ts';
import type { Adjudication } from '../sla/credit.ts';
import { CLOSE_AFTER, type MonthFigures } from '../sla/month-statement.ts';
import { after, type Instant } from '../time/instant.ts';
import type { ReportDocument } from './report-document.ts';

/** What a report of the month is called before it is made final. */
export const stateOf = ({ stage }: Pick<MonthFigures, 'stage'>): Exclude<ReportDocument['state'], 'final'> =>
  stage === 'open' ? 'open' : 'provisional';

/** The first instant at which the month of the statement may be made final. */
export const finalFrom = ({ monthBounds }: Pick<MonthFigures, 'monthBounds'>): Instant => after(monthBounds.end, CLOSE_AFTER);

/** Null: nothing does, the report may be made final. */
/** `undecided`: the adjudication of the month that waits for its second person. */
export const obstacleOf = (statement: MonthFigures, undecided: Adjudication | null): string | null => {
  const { stage, asOf, month, contract, verdict, monthBounds, zone } = statement;
  if (stage === 'ready') return null;
  if (stage === 'open') return `The month runs until ${instantWords(zone, monthBounds.end)}.`;
  const from = finalFrom(statement);
  if (asOf < from) return `Late results and corrections have until ${instantWords(zone, from)}; from then on the report can be made final.`;
  if (verdict === 'indeterminate') {
    const next =
      undecided === null
        ? `Two people must settle it, the first with: avow adjudicate ${month} --contract ${contract} --decision met|missed --reason TEXT --evidence TEXT --as NAME`
        : `${undecided.author} decided "${undecided.decision}"; a second person must approve it: avow adjudicate approve ${undecided.id} --as NAME`;
    return `The month is indeterminate: what was not measured could tip it. ${next}`;
  }
  return 'The report cannot be made final yet.';
};
