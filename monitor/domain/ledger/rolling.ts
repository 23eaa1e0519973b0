/**
 * Availability of a stretch that ends now and keeps to no month: of the service, or of one component. The same derivation as that of a
 * month (sla/assessment.ts), windows excluded, judged by the policy of the running month. Display only: what was promised is promised by
 * the month. Units: integer ms UTC. Source: semantics A to C.
 */
import { calculatorForm } from '../maintenance/announcement-fact.ts';
import { type Assessment, assess } from '../sla/assessment.ts';
import { inForce } from '../sla/override.ts';
import { monthAt } from '../time/month.ts';
import { monthBounds } from '../time/zone.ts';
import { componentScope, type LedgerFacts, monthZone, policyAt, serviceScope } from './ledger-facts.ts';

/** `facts.range` is the stretch, and ends at `facts.asOf`. `slug` null: the service. Null: nothing was watched in it. */
export const rollingAssessment = (facts: LedgerFacts, slug: string | null): Assessment | null => {
  const { range, asOf, components, announcements } = facts;
  const scope = slug === null ? serviceScope(facts, range) : componentScope(facts, slug, range);
  if (!scope) return null;
  const zone = monthZone(facts);
  const { terms } = policyAt(facts, monthBounds(zone, monthAt(zone, asOf)).start);
  const critical = components
    .filter((component) => scope.slugs.includes(component.slug))
    .map(({ slug: id, timelines, panels, rulings }) => ({ id, timelines, panels, overrides: inForce(rulings) }));
  return assess({ start: scope.since, end: range.end }, asOf, terms, critical, announcements.map(calculatorForm));
};
