/**
 * One sentence for many components: the overall indicator and who is behind it. Display only; the ledger never reads
 * it. `maintenance` weighs nothing, a silent component is `unknown` and never green. Source: semantics A6, A9 (Display).
 */

export type ComponentState = 'operational' | 'degraded' | 'partial_outage' | 'major_outage' | 'maintenance' | 'unknown';
/** From nothing to the worst. */
export const INDICATORS = ['none', 'minor', 'major', 'critical'] as const;
export type Indicator = (typeof INDICATORS)[number];

export interface Weighed {
  readonly name: string;
  readonly critical: boolean;
  readonly state: ComponentState;
}

/**
 * What the largest type on the page says. `all_down`: every critical component is down. `down`: at least one component
 * is. `unknown`: nothing at all is known (also when nothing is watched). `partly_unknown`: no trouble seen, but not
 * everything was looked at.
 */
export type Headline = 'operational' | 'maintenance' | 'partly_unknown' | 'unknown' | 'degraded' | 'down' | 'all_down';

export interface Overall {
  readonly indicator: Indicator;
  readonly headline: Headline;
  /** Names in the order given. */
  readonly down: readonly string[];
  readonly degraded: readonly string[];
  readonly unknown: readonly string[];
  readonly maintenance: readonly string[];
}

export const isDown = (state: ComponentState): boolean => state === 'partial_outage' || state === 'major_outage';

/** Indicator and headline of a page. Nothing watched counts as unknown: an empty page is not a healthy one. */
export const overallState = (components: readonly Weighed[]): Overall => {
  const named = (claim: (state: ComponentState) => boolean): string[] => components.filter((c) => claim(c.state)).map((c) => c.name);
  const down = named(isDown);
  const degraded = named((state) => state === 'degraded');
  const unknown = named((state) => state === 'unknown');
  const maintenance = named((state) => state === 'maintenance');
  const critical = components.filter((c) => c.critical);
  const criticalDown = critical.filter((c) => isDown(c.state)).length;
  const parts = { down, degraded, unknown, maintenance };

  if (criticalDown > 0 && criticalDown === critical.length) return { indicator: 'critical', headline: 'all_down', ...parts };
  if (criticalDown > 0) return { indicator: 'major', headline: 'down', ...parts };
  if (down.length > 0) return { indicator: 'minor', headline: 'down', ...parts };
  if (unknown.length === components.length) return { indicator: 'minor', headline: 'unknown', ...parts };
  if (degraded.length > 0) return { indicator: 'minor', headline: 'degraded', ...parts };
  if (unknown.length > 0) return { indicator: 'minor', headline: 'partly_unknown', ...parts };
  return { indicator: 'none', headline: maintenance.length > 0 ? 'maintenance' : 'operational', ...parts };
};

const listed = (names: readonly string[]): string => {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : [...names];
  const last = shown.pop() ?? '';
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last;
};
const are = (names: readonly string[]): string => `${listed(names)} ${names.length === 1 ? 'is' : 'are'}`;

const opening: Record<Headline, (overall: Overall) => string> = {
  operational: () => 'All systems operational',
  maintenance: (o) => `${are(o.maintenance)} under maintenance`,
  partly_unknown: () => 'No trouble seen',
  unknown: (o) => (o.unknown.length > 0 ? 'State unknown: nothing was measured lately' : 'State unknown: nothing is watched yet'),
  degraded: (o) => `${are(o.degraded)} degraded`,
  down: (o) => `${are(o.down)} down`,
  all_down: (o) => (o.down.length === 1 ? `${are(o.down)} down` : `${are(o.down)} down, everything critical among them`),
};

const QUIET: ReadonlySet<Headline> = new Set<Headline>(['operational', 'maintenance', 'partly_unknown', 'unknown']);

/**
 * The overall state as one English phrase for machines that print it; what is not known is named in it. `investigating`:
 * names among the unknown whose last check failed and is not confirmed yet; they were measured (semantics A7).
 */
export const describeOverall = (overall: Overall, investigating: readonly string[] = []): string => {
  const silent = overall.unknown.filter((name) => !investigating.includes(name));
  if (investigating.length > 0 && QUIET.has(overall.headline))
    return `Investigating ${listed(investigating)}: the last check failed${unknownOf(silent)}`;
  return opening[overall.headline](overall) + (overall.headline === 'unknown' ? '' : unknownOf(overall.unknown));
};
const unknownOf = (names: readonly string[]): string => (names.length > 0 ? `; state unknown of ${listed(names)}` : '');
