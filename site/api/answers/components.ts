/** What is answered about checks, components and the configuration. */

import type { ApplyAnswer } from '#monitor/actions/apply-document.ts';
import type { ComponentAnswer } from '#monitor/actions/component-verb.ts';
import type { PlanAnswer } from '#monitor/actions/plan-configuration.ts';
import type { TestAnswer } from '#monitor/actions/test-component.ts';
import { plainDocument } from '#monitor/views/component-document.ts';
import { type ComponentListView, LIST_STATES } from '#monitor/views/component-list.ts';
import type { ConfigurationView } from '#monitor/views/configuration.ts';
import type { ComponentForm } from '#monitor/views/explain-component.ts';
import type { ComponentExplained } from '#monitor/views/explained.ts';
import { author, count, shape, text, time, warnings, z } from './shape.ts';

const says = z.array(text).openapi({ description: 'The same in sentences.' });
const told = { warnings, says };
const managed = z.enum(['file', 'console']);
const form = z.looseObject({}).nullable().openapi({ description: 'As an entry of the file; null: it is built in.' });
const state = z.enum(LIST_STATES);
const kind = z.enum(['http', 'tcp', 'tls', 'dns', 'heartbeat', 'self', 'store']);
const fields = z.array(z.strictObject({ path: text, before: text.nullable(), after: text.nullable(), secret: z.boolean() }));
const differences = z.array(
  z.strictObject({
    kind: z.enum(['added', 'changed', 'removed']),
    what: z.enum(['component', 'contract', 'section']),
    id: text,
    name: text,
    fields,
  }),
);
const change = { differences, adopted: z.array(text), ...told };
const outcome = z.enum(['ok', 'slow', 'fail', 'error']);

/** Of `plainDocument`, which knows the names of all instants. */
const plain = <A extends object>(schema: z.ZodType) => shape<A>(schema, plainDocument);

export const componentShape = plain<ComponentAnswer>(z.strictObject({ slug: text, recorded_at: time, ...told }).openapi('ComponentAnswer'));
export const testShape = plain<TestAnswer>(
  z
    .strictObject({
      slug: text.nullable(),
      at: time,
      outcome,
      reason: text,
      words: text,
      detail: text,
      http_status: z.number().int().nullable(),
      latency_us: count.nullable(),
      phases: z.record(text, count).openapi({ description: 'Microseconds.' }),
      cert_expires_at: time.nullable(),
      assertions: z.array(z.strictObject({ key: text, held: z.boolean().nullable(), detail: text })),
      ...told,
    })
    .openapi('ComponentTest'),
);
export const componentsShape = plain<ComponentListView>(
  z
    .strictObject({
      as_of: time,
      zone: text,
      components: z.array(
        z.strictObject({
          slug: text,
          name: text,
          group: text.nullable(),
          kind,
          critical: z.boolean(),
          managed,
          paused: z.boolean(),
          state,
          since: time.nullable(),
          investigating: z.boolean(),
          last_check_at: time.nullable(),
          recorded_at: time,
        }),
      ),
      next: text.nullable().openapi({ description: 'What to ask with as after for the next page; null: this is the last.' }),
      found: count,
      total: count,
      paused: count,
      console: count,
      groups: z.array(text),
    })
    .openapi('ComponentsInside'),
);
export const componentFormShape = plain<ComponentForm>(
  z.strictObject({ slug: text, managed, recorded_at: time, form }).openapi('ComponentForm'),
);
const sample = z.strictObject({
  at: time,
  outcome,
  words: text,
  detail: text,
  http_status: z.number().int().nullable(),
  latency_us: count.nullable(),
  sentinel_answered: z.boolean().nullable(),
});
const whileOpen = { start: time, end: time.nullable() };
export const explainedShape = plain<ComponentExplained>(
  z
    .strictObject({
      insider: z.boolean().openapi({ description: 'False: who changed or paused it, and why, is not told.' }),
      as_of: time,
      zone: text,
      component: z.strictObject({
        slug: text,
        name: text,
        description: text,
        group: text.nullable(),
        critical: z.boolean(),
        kind,
        managed,
        managed_by: text.nullable(),
        recorded_at: time,
        form,
      }),
      state,
      since: time.nullable(),
      investigating: z.boolean(),
      checks: z.enum(['up', 'down', 'unknown']),
      quorum: z.strictObject({ locations: count, needed: count, down: count, up: count, silent: count }),
      locations: z.array(
        z.strictObject({
          slug: text,
          name: text,
          asked: z.boolean(),
          says: z.enum(['up', 'blip', 'down', 'unknown', 'pending']),
          slow: z.boolean(),
          speaks_until: time.nullable(),
          run: z.strictObject({ failures: count, needed: count, since: time }).nullable(),
          samples: z.array(sample),
        }),
      ),
      pause: z.strictObject({ since: time, reason: text.nullable(), by: author, until: time.nullable() }).nullable(),
      unknown_because: z.array(z.enum(['worker_silent', 'location_silent', 'probe_error', 'paused', 'unconfirmed', 'override'])),
      overrides: z.array(z.strictObject({ id: text, state: text, ...whileOpen })),
      windows: z.array(z.strictObject({ start: time, end: time })),
      incidents: z.array(z.strictObject({ id: text, title: text, detected: z.boolean(), started_at: time, impact: text })),
      posted: z.array(z.strictObject({ start: time, state: z.enum(['degraded', 'partial_outage', 'major_outage']) })),
      sentinels: z.strictObject({ configured: count, answered: z.boolean().nullable() }),
      history: z.array(
        z.strictObject({
          recorded_at: time,
          deed: text,
          managed,
          author,
          authenticated: z
            .boolean()
            .nullable()
            .openapi({ description: 'Whether the name was proved by signing in. Null: nobody is named, or it is not known.' }),
          fields,
          pause: z.strictObject({ reason: text.nullable(), until: time.nullable() }).nullable(),
        }),
      ),
      says,
    })
    .openapi('ComponentExplained'),
);
export const planShape = plain<PlanAnswer>(z.strictObject({ different: z.boolean(), ...change }).openapi('Plan'));
export const applyShape = plain<ApplyAnswer>(z.strictObject({ changed: z.boolean(), ...change }).openapi('Applied'));
export const configurationShape = plain<ConfigurationView>(
  z
    .strictObject({
      ruled_by: z.enum(['file', 'applied', 'console', 'none']),
      name: text.nullable(),
      applied_by: author,
      applied_at: time.nullable(),
      components: z.strictObject({ file: count, console: count }),
      text: text.nullable().openapi({ description: 'The file that says it; null: nothing is configured that a file could say.' }),
    })
    .openapi('Configuration'),
);
