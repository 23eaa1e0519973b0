/** Every month of every contract of a demo, as it stands at its now. */
import { contractFacts } from '#domain/ledger/ledger-facts.ts';
import { type MonthStatement, monthStatement } from '#domain/sla/month-statement.ts';
import { lookAtMonths, type ReportContext } from '#monitor/actions/report-context.ts';
import { calendarOf } from '#monitor/demo/calendar.ts';

export interface DemoMonth {
  /** Counted from the present one. */
  readonly offset: number;
  readonly statement: MonthStatement;
}

export const demoMonths = async (ctx: ReportContext, zone: string, first: number): Promise<DemoMonth[]> => {
  const calendar = calendarOf(zone, ctx.clock.now());
  const found: DemoMonth[] = [];
  for (let offset = first; offset <= 0; offset++) {
    const month = calendar.month(offset);
    const { facts } = await lookAtMonths(ctx, month);
    for (const { agreement } of facts.agreements) found.push({ offset, statement: monthStatement(contractFacts(facts, agreement, month)) });
  }
  return found;
};
