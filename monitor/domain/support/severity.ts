/**
 * The four severities of a support request: by when work begins, somebody answers, and the request should be completed, and by
 * which channel it must come. Hours are elapsed hours, business days are counted by the calendar of support. All of it are
 * targets and goals: attainment is told, nothing is promised for it. A feature request has no severity and no clock. Data;
 * the words stand in site/i18n. Source: semantics E1, E2, E6, E8.
 */
import { HOUR, type Millis, millis } from '../time/instant.ts';

export type SeverityLevel = 1 | 2 | 3 | 4;

/** From receipt. */
export type SupportTarget = { readonly elapsedMs: Millis } | { readonly businessDays: number };

export interface Severity {
  readonly level: SeverityLevel;
  /** Null: no target of its own. */
  readonly beginWork: SupportTarget | null;
  readonly initialResponse: SupportTarget;
  readonly completion: SupportTarget;
  /** `telephone`: reported otherwise it is handled one level lower until the call comes. */
  readonly channel: 'telephone' | 'any';
}

const hours = (count: number): SupportTarget => ({ elapsedMs: millis(count * HOUR) });
const businessDays = (count: number): SupportTarget => ({ businessDays: count });

export const SEVERITIES: readonly Severity[] = [
  { level: 1, beginWork: hours(1), initialResponse: hours(4), completion: businessDays(1), channel: 'telephone' },
  { level: 2, beginWork: null, initialResponse: hours(8), completion: businessDays(2), channel: 'any' },
  { level: 3, beginWork: null, initialResponse: businessDays(1), completion: businessDays(5), channel: 'any' },
  { level: 4, beginWork: null, initialResponse: businessDays(2), completion: businessDays(10), channel: 'any' },
];
