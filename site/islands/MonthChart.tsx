/**
 * How downtime added up over a month, with a cursor: the drawing that came with the page, drawn again by recharts in the reader's
 * browser, for a screen only: paper gets the drawing. Labels come ready from the page, so that nothing is formatted twice.
 */
import { Area, CartesianGrid, ComposedChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

export interface MonthPoint {
  /** ms */
  readonly at: number;
  /** Downtime up to then, ms. */
  readonly lost: number;
  /** What stands in the tooltip: when and in which line, how much so far, how much is left. */
  readonly full: string;
  readonly lostText: string;
  readonly rest: string;
}
export interface MonthMark {
  readonly at: number;
  readonly text: string;
}
export interface MonthChartProps {
  readonly points: readonly MonthPoint[];
  /** ms */
  readonly budget: number;
  /** Marks of the axes in order, from end to end; both in ms, levels from the top. */
  readonly times: readonly MonthMark[];
  readonly levels: readonly MonthMark[];
  readonly words: { readonly title: string; readonly lost: string; readonly budget: string };
}

interface Hovered {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: MonthPoint }[];
}
const Reading = ({ active, payload, lost }: Hovered & { readonly lost: string }) => {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="reading">
      <strong>{point.full}</strong>
      <div>
        {lost}: {point.lostText}
      </div>
      <div>{point.rest}</div>
    </div>
  );
};

const textOf = (marks: readonly MonthMark[]) => (at: number) => marks.find((mark) => mark.at === at)?.text ?? '';

/** Under the time axis: the first and the last mark stay inside the drawing. */
const TimeMark = ({
  x = 0,
  y = 0,
  index = 0,
  payload,
  marks,
}: {
  x?: number | string;
  y?: number | string;
  index?: number;
  payload?: { value: number };
  marks: readonly MonthMark[];
}) => (
  <text
    x={x}
    y={y}
    dy={12}
    fill="var(--ink-soft)"
    fontSize={14}
    textAnchor={index === 0 ? 'start' : index === marks.length - 1 ? 'end' : 'middle'}
  >
    {textOf(marks)(payload?.value ?? Number.NaN)}
  </text>
);

export function MonthChart({ points, budget, times, levels, words }: MonthChartProps) {
  return (
    <div className="chart">
      <ResponsiveContainer width="100%" height={210}>
        <ComposedChart data={[...points]} margin={{ top: 8, right: 4, bottom: 4, left: 0 }} title={words.title}>
          <CartesianGrid vertical={false} stroke="var(--hairline)" />
          <XAxis
            dataKey="at"
            tickLine={false}
            axisLine={false}
            type="number"
            domain={[times[0]?.at ?? 0, times.at(-1)?.at ?? 1]}
            ticks={times.map(({ at }) => at)}
            tick={(place) => <TimeMark {...place} marks={times} />}
            interval={0}
          />
          <YAxis
            width={72}
            tickLine={false}
            axisLine={false}
            domain={[0, levels[0]?.at ?? 1]}
            ticks={levels.map(({ at }) => at).toReversed()}
            tickFormatter={textOf(levels)}
            interval={0}
            tick={{ fill: 'var(--ink-soft)', fontSize: 14 }}
          />
          <Tooltip content={<Reading lost={words.lost} />} cursor={{ stroke: 'var(--ink-soft)' }} isAnimationActive={false} />
          <Area
            dataKey="lost"
            type="linear"
            stroke="var(--down)"
            strokeWidth={2}
            fill="var(--lost)"
            fillOpacity={1}
            isAnimationActive={false}
            activeDot={{ r: 4, fill: 'var(--down)', stroke: 'var(--paper)' }}
          />
          <ReferenceLine y={budget} stroke="var(--ink)" strokeDasharray="6 4" />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
