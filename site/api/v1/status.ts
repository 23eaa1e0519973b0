/** `/api/v1/status`: how things are, in Avow's own words: unknown is a state, and each component says whether it decides the promise. */
import { z } from '@hono/zod-openapi';
import { IMPACTS } from '#domain/incident/incident-fact.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { SummaryView } from '#monitor/views/summary.ts';
import type { SummaryIncident } from '#monitor/views/summary-incident.ts';
import { document, freshness, freshnessOf, grade, incidentStatus, type Surroundings, text, time } from '../document.ts';
import { summaryView } from '../statuspage-v2.ts';

const impact = z.enum(IMPACTS);
const component = z
  .strictObject({
    slug: text,
    name: text,
    description: text,
    group: text.nullable(),
    critical: z.boolean().openapi({ description: 'Whether it decides the figure of the service.' }),
    state: z.enum(['operational', 'degraded', 'partial_outage', 'major_outage', 'maintenance', 'unknown']),
    investigating: z.boolean().openapi({ description: 'The last check failed and is not confirmed yet; the state is unknown meanwhile.' }),
    updated_at: time,
  })
  .openapi('Component');
const incident = z
  .strictObject({
    id: text,
    url: text,
    title: text,
    detected: z.boolean().openapi({ description: 'Found by the checks; false: a person opened it.' }),
    status: incidentStatus,
    grade: grade.openapi({ description: 'At its worst.' }),
    started_at: time,
    confirmed_at: time,
    components: z.array(text),
    updates: z
      .array(
        z.strictObject({
          id: text,
          status: incidentStatus,
          at: time,
          recorded_at: time,
          body: text,
          components: z.array(z.strictObject({ slug: text, impact })),
        }),
      )
      .openapi({ description: 'Newest first.' }),
  })
  .openapi('OpenIncident');
export const statusDocument = z
  .strictObject({
    ...freshness,
    page: z.strictObject({ name: text, url: text, zone: text }),
    indicator: grade,
    headline: z.enum(['operational', 'maintenance', 'partly_unknown', 'unknown', 'degraded', 'down', 'all_down']),
    description: text,
    updated_at: time.openapi({ description: 'The last change of anything on the page.' }),
    components: z.array(component),
    incidents: z.array(incident).openapi({ description: 'Open ones, newest first.' }),
    maintenance: z.strictObject({
      running: z.array(text).openapi({ description: 'Ids; see /api/v1/maintenance.' }),
      upcoming: z.array(text),
    }),
  })
  .openapi('Status');

const incidentOf = (one: SummaryIncident, origin: string): z.infer<typeof incident> => ({
  id: one.id,
  url: `${origin}/incidents/${encodeURIComponent(one.id)}`,
  title: one.title,
  detected: one.detected,
  status: one.status,
  grade: one.grade,
  started_at: isoOf(one.startedAt),
  confirmed_at: isoOf(one.confirmedAt),
  components: [...one.components],
  updates: one.updates.map(({ id, status, displayAt, recordedAt, body, affected }) => ({
    id,
    status,
    at: isoOf(displayAt),
    recorded_at: isoOf(recordedAt),
    body,
    components: affected.map(({ slug, after }) => ({ slug, impact: after })),
  })),
});

const write = (view: SummaryView, around: Surroundings): z.infer<typeof statusDocument> => {
  const ids = (state: 'running' | 'upcoming'): string[] =>
    view.maintenances
      .filter((one) => one.state === state)
      .toSorted((a, b) => a.start - b.start)
      .map(({ id }) => id);
  return {
    ...freshnessOf(view.asOf, around),
    page: { name: around.pageName, url: around.origin, zone: around.zone },
    indicator: view.overall.indicator,
    headline: view.overall.headline,
    description: view.description,
    updated_at: isoOf(view.updatedAt),
    components: view.components.map(({ slug, name, description, group, critical, state, investigating, updatedAt }) => ({
      slug,
      name,
      description,
      group,
      critical,
      state,
      investigating,
      updated_at: isoOf(updatedAt),
    })),
    incidents: view.incidents.filter(({ resolvedAt }) => resolvedAt === null).map((one) => incidentOf(one, around.origin)),
    maintenance: { running: ids('running'), upcoming: ids('upcoming') },
  };
};

export const statusV1 = document({
  path: '/api/v1/status',
  id: 'getStatusV1',
  summary: 'How things are',
  description: 'Overall state, every component, open incidents, and which maintenance runs or is to come. A silent component is unknown.',
  schema: statusDocument,
  write,
  ...summaryView,
});
