/**
 * Draws a month as one time line: a row for each local day, as long as the day was, with what happened in it. In: instants in ms; out:
 * path data in a box that is stretched to its place, so everything is a rectangle or a rule. Pure; fills and patterns belong to the classes.
 */
import { escapeHtml } from '../escape.ts';

export interface PlotDay {
  readonly start: number;
  readonly end: number;
}
/** `reserved`: a slot of the reserve, announced or not. `refused`: announced, and it counts all the same. */
export type PieceKind = 'reserved' | 'excluded' | 'refused' | 'unknown' | 'down';
export interface MonthPiece {
  readonly kind: PieceKind;
  readonly start: number;
  readonly end: number;
  /** What it says when it is pointed at. */
  readonly title: string;
}
export type MonthFill = 'covered' | PieceKind;
export interface DrawnMonth {
  readonly width: number;
  readonly height: number;
  /** Outlines of all rows, also of days that the report says nothing about. */
  readonly rows: string;
  /** Every six hours after the start of a day. */
  readonly rules: string;
  /** From the ground up. */
  readonly fills: readonly { readonly fill: MonthFill; readonly d: string }[];
  /** Where a piece can be pointed at. */
  readonly hits: readonly { readonly x: number; readonly y: number; readonly width: number; readonly title: string }[];
}

export const MONTH_PLOT = { hour: 30, hours: 25, row: 18, bar: 13 } as const;
const HOUR_MS = 3_600_000;
/** Under this a piece cannot be hit with a pointer. */
const LEAST_HIT = 8;
const ORDER: readonly PieceKind[] = ['reserved', 'excluded', 'unknown', 'refused', 'down'];

const tenth = (value: number): number => Math.round(value * 10) / 10;
const clip = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to);

/** `covered`: what the report speaks of; nothing is said of the time before and after it. */
export const drawMonth = (days: readonly PlotDay[], pieces: readonly MonthPiece[], covered: PlotDay): DrawnMonth => {
  const { hour, hours, row, bar } = MONTH_PLOT;
  const width = hour * hours;
  const across = (ms: number): number => Math.min((ms / HOUR_MS) * hour, width);
  const topOf = (index: number): number => index * row + (row - bar) / 2;
  /** The part of a stretch that lies in a day, as a box; null: none does. */
  const within = ({ start, end }: PlotDay, index: number): { x: number; width: number } | null => {
    const day = days[index] as PlotDay;
    const [from, to] = [clip(start, day.start, day.end), clip(end, day.start, day.end)];
    return from < to ? { x: across(from - day.start), width: across(to - day.start) - across(from - day.start) } : null;
  };
  const boxes = (stretch: PlotDay, top = 0, height: number = bar): string =>
    days
      .map((_, index) => {
        const box = within(stretch, index);
        return box ? `M${tenth(box.x)} ${tenth(topOf(index) + top)}h${tenth(box.width)}v${tenth(height)}H${tenth(box.x)}z` : '';
      })
      .join('');
  const boxesOf = (kind: PieceKind): string => {
    const own = pieces.filter((piece) => piece.kind === kind);
    // What was announced and counts is a bar along the foot of its row: what happened in that time stays in sight.
    return own.map((piece) => (kind === 'refused' ? boxes(piece, bar - 4, 4) : boxes(piece))).join('');
  };
  const fills = [{ fill: 'covered' as const, d: boxes(covered) }, ...ORDER.map((kind) => ({ fill: kind, d: boxesOf(kind) }))].filter(
    ({ d }) => d !== '',
  );
  return {
    width,
    height: days.length * row,
    rows: days.map((day, index) => `M0 ${tenth(topOf(index))}h${tenth(across(day.end - day.start))}v${bar}H0z`).join(''),
    rules: [6, 12, 18, 24].map((at) => `M${at * hour} 0V${days.length * row}`).join(''),
    fills,
    hits: ORDER.flatMap((kind) => pieces.filter((piece) => piece.kind === kind)).flatMap((piece) =>
      days.flatMap((_, index) => {
        const box = within(piece, index);
        if (!box) return [];
        const wide = Math.max(LEAST_HIT, box.width);
        return [
          { x: tenth(clip(box.x - (wide - box.width) / 2, 0, width - wide)), y: index * row, width: tenth(wide), title: piece.title },
        ];
      }),
    ),
  };
};

/** What stands inside the `<svg>`. */
export const monthMarkup = ({ rows, rules, fills, hits }: DrawnMonth): string =>
  [
    ...fills.map(({ fill, d }) => `<path class="month-${fill}" d="${d}"/>`),
    `<path class="month-row" d="${rows}"/>`,
    `<path class="month-rule" d="${rules}"/>`,
    ...hits.map(
      ({ x, y, width, title }) =>
        `<rect class="day-hit" x="${x}" y="${y}" width="${width}" height="${MONTH_PLOT.row}"><title>${escapeHtml(title)}</title></rect>`,
    ),
  ].join('');
