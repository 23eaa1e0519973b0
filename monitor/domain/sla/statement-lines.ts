/**
 * The line items behind a figure, each with an id that is stable for the same facts. The downtime lines, merged, cover exactly
 * D; the exclusion lines sum to X and the unknown lines to U; what an announcement says and does not exclude has a reason,
 * down to the millisecond. Units: integer ms UTC. Source: semantics A8, B2, D5, H18.
 */
import type { Instant, Millis } from '../time/instant.ts';
import { type Interval, intersect, lengthOf, subtract } from '../time/interval.ts';
import { concerns, type NotExcluded } from './announcement.ts';
import type { Assessment } from './assessment.ts';
import { cutBy } from './cut.ts';
import type { UnknownCause } from './evidence.ts';
import type { SliceKind } from './timeline.ts';

export interface Line extends Interval {
  readonly id: string;
  readonly ms: Millis;
}
/** A component was down outside its own window. Lines of several components may overlap. */
export interface DowntimeLine extends Line {
  readonly component: string;
  /** Id of the override that says so; null: the checks do. */
  readonly override: string | null;
}
export interface ExclusionLine extends Line {
  readonly announcements: readonly { readonly id: string; readonly rev: number; readonly announcedAt: Instant }[];
  readonly components: readonly string[];
}
/**
 * Announced and not excluded. Besides the announcement's own reasons: `down_elsewhere`, a critical component that the window
 * does not cover was down; `not_critical`, the window covers no component that counts.
 */
export interface RefusedLine extends Line {
  readonly announcement: string;
  readonly reason: NotExcluded | 'down_elsewhere' | 'not_critical';
}
export interface UnknownLine extends Line {
  readonly components: readonly { readonly id: string; readonly cause: UnknownCause }[];
}
/** When and why a component could say nothing, where more is known than that its locations were silent. */
export interface Silence extends Interval {
  readonly component: string;
  readonly cause: 'worker_silent' | 'probe_error' | 'paused';
}

export type Bare<T extends Line> = Omit<T, 'id' | 'ms'>;
/** In order of time, numbered. */
export const numbered = <T extends Interval>(prefix: string, lines: readonly T[]): (T & Line)[] =>
  lines
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .map((line, index) => ({ ...line, id: `${prefix}${index + 1}`, ms: lengthOf(line) }));

const slicesOf = ({ slices }: Assessment, kind: SliceKind): Interval[] => slices.filter((slice) => slice.kind === kind);

export const downtimeLines = ({ components }: Assessment): DowntimeLine[] =>
  numbered(
    'D',
    components.flatMap(({ id, states, windows }) =>
      states.flatMap((piece): Bare<DowntimeLine>[] =>
        piece.state === 'down' ? subtract([piece], windows).map((part) => ({ ...part, component: id, override: piece.override })) : [],
      ),
    ),
  );

export const exclusionLines = (assessment: Assessment): ExclusionLine[] => {
  const windows = assessment.components.flatMap(({ id, windows }) =>
    windows.map(({ start, end, announcement, rev, announcedAt }) => ({
      start,
      end,
      label: { component: id, id: announcement, rev, announcedAt },
    })),
  );
  const cuts = cutBy(slicesOf(assessment, 'excluded'), windows, ({ component, id, rev }) => JSON.stringify([component, id, rev]));
  return numbered(
    'X',
    cuts.map(({ start, end, labels }) => {
      const announcements = new Map(labels.map(({ id, rev, announcedAt }) => [id, { id, rev, announcedAt }]));
      return { start, end, announcements: [...announcements.values()], components: [...new Set(labels.map((label) => label.component))] };
    }),
  );
};

export const refusedLines = (assessment: Assessment): RefusedLine[] => {
  const { period, announcements, components } = assessment;
  const excluded = slicesOf(assessment, 'excluded');
  const own = announcements.flatMap(({ refused }) => refused);
  const overtaken = announcements
    .flatMap(({ effective }) => effective)
    .flatMap((window): Bare<RefusedLine>[] => {
      const { announcement } = window;
      if (!components.some(({ id }) => concerns(window, id)))
        return [{ start: window.start, end: window.end, announcement, reason: 'not_critical' }];
      return subtract([window], excluded).map((part) => ({ ...part, announcement, reason: 'down_elsewhere' }));
    });
  const inside = [...own, ...overtaken].flatMap((part): Bare<RefusedLine>[] => {
    const common = intersect(part, period);
    return common ? [{ ...common, announcement: part.announcement, reason: part.reason }] : [];
  });
  return numbered('N', inside);
};

/** What is unknown of each component outside its windows, with the best cause known. */
const doubtsOf = ({ components }: Assessment, silences: readonly Silence[]) => {
  const ofComponent = Map.groupBy(silences, ({ component }) => component);
  return components.flatMap(({ id, states, windows }) => {
    const silent = states.filter(({ state, cause }) => state === 'unknown' && cause === 'location_silent');
    const known = (ofComponent.get(id) ?? []).map(({ start, end, cause }) => ({ start, end, label: cause }));
    const explained = cutBy(subtract(silent, windows), known, String).map(({ start, end, labels }) => {
      // What was not asked for cannot be missing; that our own worker did not run explains the rest.
      const cause: UnknownCause =
        (['paused', 'worker_silent'] as const).find((one) => labels.includes(one)) ?? labels[0] ?? 'location_silent';
      return { start, end, label: { id, cause } };
    });
    const others = states.flatMap((piece) =>
      piece.state === 'unknown' && piece.cause !== null && piece.cause !== 'location_silent'
        ? subtract([piece], windows).map((part) => ({ ...part, label: { id, cause: piece.cause as UnknownCause } }))
        : [],
    );
    return [...explained, ...others];
  });
};

export const unknownLines = (assessment: Assessment, silences: readonly Silence[]): UnknownLine[] => {
  const cuts = cutBy(slicesOf(assessment, 'unknown'), doubtsOf(assessment, silences), ({ id, cause }) => JSON.stringify([id, cause]));
  return numbered(
    'U',
    cuts.map(({ start, end, labels }) => ({ start, end, components: labels })),
  );
};
