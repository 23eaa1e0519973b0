/**
 * What must hold between the terms of a contract, at its start and from each amendment on: critical components are some of its
 * own, and no tier of credits lies above the target. Components are looked up in the file for the last terms only: earlier
 * months may name what is gone since, as their ledger does.
 */
import { scheduleSlip } from '#domain/sla/credit.ts';
import type { Stage } from './amendment.ts';
import type { Report } from './fault.ts';
import { percentageText } from './fields.ts';
import { quoted } from './leaf.ts';
import { nearest } from './nearest.ts';

/** Critical components that the contract does not speak of: told where the later word stands. */
const checkCritical = ({ path, fields, written, terms: { components, critical } }: Stage, report: Report): void => {
  if (components === undefined || critical === undefined) return;
  const isMissing = (slug: string): boolean => !components.includes(slug);
  if (!written.has('critical')) {
    const missing = critical.filter(isMissing);
    if (written.has('components') && missing.length > 0)
      report(
        [...path, 'components'],
        `leaves out ${missing.map(quoted).join(', ')}, which was critical; say which are critical from then on, with "critical"`,
      );
    return;
  }
  for (const [index, slug] of (fields.critical ?? []).entries()) {
    const near = nearest(slug, components);
    if (isMissing(slug))
      report(
        [...path, 'critical', index],
        `must be one of the components of the contract${near ? `; did you mean "${near}"?` : `, and ${quoted(slug)} is not; name it in "components" too`}`,
      );
  }
};

/** Tiers between target and 100 % would never pay: the month is met there. */
const checkCredits = ({ path, written, terms: { schedule, targetPpm } }: Stage, policyPpm: number, report: Report): void => {
  if (!schedule || targetPpm === undefined || !(written.has('credits') || written.has('target'))) return;
  const target = targetPpm ?? policyPpm;
  const slip = scheduleSlip(schedule, target);
  if (slip?.kind !== 'above_target') return;
  const tier = percentageText(slip.tier.belowPpm);
  if (written.has('credits'))
    report(
      [...path, 'credits'],
      `must not be "${schedule.id}", whose tier below ${tier} lies above the target of ${percentageText(target)} and would never pay; take a schedule for that target`,
    );
  else
    report(
      [...path, 'target'],
      `must be ${tier} at least, not ${percentageText(target)}: the credit schedule "${schedule.id}" has a tier there, which would never pay; name other "credits" too`,
    );
};

/** The names of the last terms, where they were written; and of the start, where the file is to say which are critical. */
const checkNames = (stages: readonly Stage[], components: ReadonlyMap<string, unknown>, report: Report): void => {
  const stage = stages.findLast(({ written }) => written.has('components'));
  for (const [index, slug] of (stage?.fields.components ?? []).entries()) {
    if (components.has(slug)) continue;
    const near = nearest(slug, components.keys());
    report(
      [...(stage?.path ?? []), 'components', index],
      near
        ? `must be the slug of a component of this file; did you mean "${near}"?`
        : `must be the slug of a component of this file, and ${quoted(slug)} is not; add an amendment without it, or remove the contract when it has ended`,
    );
  }
  const [start] = stages;
  const gone =
    start === stage || start?.written.has('critical') ? undefined : start?.fields.components?.find((slug) => !components.has(slug));
  if (start && gone !== undefined)
    report(
      [...start.path, 'critical'],
      `is missing, and ${quoted(gone)} is not in this file to say whether it is critical; name the critical components`,
    );
};

/** `stages`: the start and every amendment, in order. `components`, by slug, null: those of the file have faults, nothing is said of names. */
export const checkStages = (
  stages: readonly Stage[],
  policyPpm: number,
  components: ReadonlyMap<string, unknown> | null,
  report: Report,
): void => {
  for (const stage of stages) {
    checkCritical(stage, report);
    checkCredits(stage, policyPpm, report);
  }
  if (components !== null) checkNames(stages, components, report);
};
