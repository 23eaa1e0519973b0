/**
 * The latency plot with a cursor: the same four ranges, the same figures, drawn by recharts in the reader's browser in
 * place of the plot that came with the page. Labels come ready from the page, so that nothing is formatted twice.
 */
import { useState } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { latencyText } from '../format.ts';

export interface ChartPoint {
  /** ms, the middle of its bucket. */
  readonly at: number;
  /** What stands in the tooltip. */
  readonly full: string;
  /** µs; null: nothing answered. */
  readonly p50: number | null;
  readonly p95: number | null;
}
export interface ChartRange {
  readonly key: string;
  readonly label: string;
  readonly points: readonly ChartPoint[];
  /** Marks of the axes in order, from end to end; times in ms, levels in µs from the top. */
  readonly times: readonly Mark[];
  readonly levels: readonly Mark[];
}
export interface Mark {
  readonly at: number;
  readonly text: string;
}
export interface ChartWords {
  readonly choice: string;
  readonly median: string;
  readonly within95: string;
  readonly none: string;
  readonly title: string;
  readonly lang: string;
}

interface Hovered {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: ChartPoint & { readonly band: unknown } }[];
}

const Reading = ({ active, payload, words }: Hovered & { readonly words: ChartWords }) => {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="reading" dir="auto">
      <strong>{point.full}</strong>
      <div>
        {words.median}: {point.p50 === null ? '–' : latencyText(words.lang, point.p50)}
      </div>
      <div>
        {words.within95}: {point.p95 === null ? '–' : latencyText(words.lang, point.p95)}
      </div>
    </div>
  );
};

/** On an axis that runs from left to right, in the direction of the words themselves (FSI … PDI). */
const textOf = (marks: readonly Mark[]) => (at: number) => `\u2068${marks.find((mark) => mark.at === at)?.text ?? ''}\u2069`;
const placesOf = (marks: readonly Mark[]): number[] => marks.map(({ at }) => at);

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
  marks: readonly Mark[];
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

/** What the reader chose, for the chart that takes this one's place when the page is brought up to date. */
let lastChosen: string | undefined;

export function LatencyChart({ ranges, words }: { readonly ranges: readonly ChartRange[]; readonly words: ChartWords }) {
  const [chosen, choose] = useState(lastChosen ?? ranges[0]?.key);
  lastChosen = chosen;
  const range = ranges.find(({ key }) => key === chosen);
  const data = (range?.points ?? []).map((point) => ({
    ...point,
    band: point.p50 === null || point.p95 === null ? null : [point.p50, point.p95],
  }));
  const lonely = data.filter(({ p50 }) => p50 !== null).length < 3;
  const times = range?.times ?? [];
  const levels = range?.levels ?? [];
  return (
    <div className="choice">
      <fieldset className="ranges">
        <legend className="unseen">{words.choice}</legend>
        {ranges.map(({ key, label }) => (
          <span key={key}>
            <input type="radio" name="chart-range" id={`chart-${key}`} checked={key === chosen} onChange={() => choose(key)} />
            <label htmlFor={`chart-${key}`}>{label}</label>
          </span>
        ))}
      </fieldset>
      {times.length === 0 ? (
        <p className="soft">{words.none}</p>
      ) : (
        <div className="chart">
          <ResponsiveContainer width="100%" height={250}>
            <ComposedChart data={data} margin={{ top: 6, right: 4, bottom: 4, left: 0 }} title={words.title}>
              <CartesianGrid vertical={false} stroke="var(--hairline)" />
              <XAxis
                dataKey="at"
                tickLine={false}
                axisLine={false}
                type="number"
                domain={[times[0]?.at ?? 0, times.at(-1)?.at ?? 1]}
                ticks={placesOf(times)}
                tick={(place) => <TimeMark {...place} marks={times} />}
                interval={0}
              />
              <YAxis
                width={Math.max(64, ...levels.map(({ text }) => text.length * 8))}
                tickLine={false}
                axisLine={false}
                domain={[0, levels[0]?.at ?? 1]}
                ticks={placesOf(levels).toReversed()}
                tickFormatter={textOf(levels)}
                interval={0}
                tick={{ fill: 'var(--ink-soft)', fontSize: 14 }}
              />
              <Tooltip content={<Reading words={words} />} cursor={{ stroke: 'var(--ink-soft)' }} isAnimationActive={false} />
              <Area dataKey="band" stroke="none" fill="var(--band)" fillOpacity={1} isAnimationActive={false} activeDot={false} />
              <Line
                dataKey="p50"
                type="linear"
                stroke="var(--accent)"
                strokeWidth={1.75}
                dot={lonely ? { r: 2.5, fill: 'var(--accent)', stroke: 'none' } : false}
                isAnimationActive={false}
              />
            </ComposedChart>
          </ResponsiveContainer>
        </div>
      )}
    </div>
  );
}
