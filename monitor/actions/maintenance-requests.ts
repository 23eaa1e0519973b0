/**
 * The verbs of maintenance as the socket and the command line name them: a schema for what is asked, and the verb that does it.
 * Instants come as ISO 8601 with an offset. Refuses what has not the shape with the path of the fault; the verbs judge the rest.
 */
import { z } from 'zod';
import type { MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { instantOfIso } from '#domain/time/iso.ts';
import { announceMaintenance } from './announce-maintenance.ts';
import { approveImport } from './approve-import.ts';
import { cancelMaintenance } from './cancel-maintenance.ts';
import { completeMaintenance } from './complete-maintenance.ts';
import { editMaintenance } from './edit-maintenance.ts';
import { importMaintenance } from './import-maintenance.ts';
import type { MaintenanceContext } from './maintenance-verb.ts';

export interface MaintenanceVerb {
  /** Whether it makes something new. */
  readonly creates: boolean;
  run(ctx: MaintenanceContext, asked: unknown): Promise<MaintenanceAnswer | Refusal>;
}

const text = z.string();
const instantText = text.transform((given, issue) => {
  const at = instantOfIso(given);
  if (at !== null) return at;
  issue.addIssue({ code: 'custom', message: `"${given}" is no instant; write it as 2026-11-28T10:00-05:00` });
  return z.NEVER;
});
const interval = z.strictObject({ start: instantText, end: instantText });
const window = z.union([z.strictObject({ slot: text, from: text, to: text }), interval]);
const components = z.union([z.literal('*'), z.array(text)]).default('*');
const author = text.nullable().default(null);

const announced = z.strictObject({ window, title: text, body: text, components, author });
const change = z.strictObject({
  id: text,
  slot: text.optional(),
  from: text.optional(),
  to: text.optional(),
  title: text.optional(),
  body: text.optional(),
  author,
});
const ended = z.strictObject({ id: text, author });
const done = z.strictObject({ id: text.nullable().default(null), author });
const historic = z.strictObject({ window: interval, announcedAt: instantText, title: text, body: text, components, author: text });
const approved = z.strictObject({ id: text, approvedBy: text, evidence: text });

const badRequest = (error: z.ZodError): Refusal => {
  const [issue] = error.issues;
  const path = issue?.path.join('.') ?? '';
  return refuse('bad_request', `The request is not as it must be${path === '' ? '' : ` at ${path}`}: ${issue?.message ?? 'unknown'}.`, {
    path,
  });
};

const verb = <S extends z.ZodType>(
  schema: S,
  run: (ctx: MaintenanceContext, request: z.output<S>) => Promise<MaintenanceAnswer | Refusal>,
  creates = false,
): MaintenanceVerb => ({
  creates,
  run: async (ctx, asked) => {
    const read = schema.safeParse(asked);
    return read.success ? run(ctx, read.data) : badRequest(read.error);
  },
});

export const maintenanceVerbs: ReadonlyMap<string, MaintenanceVerb> = new Map([
  ['announce', verb(announced, announceMaintenance, true)],
  ['edit', verb(change, (ctx, { id, ...request }) => editMaintenance(ctx, id, request))],
  ['complete', verb(done, (ctx, { id, ...request }) => completeMaintenance(ctx, id, request))],
  ['cancel', verb(ended, (ctx, { id, ...request }) => cancelMaintenance(ctx, id, request))],
  ['import', verb(historic, importMaintenance, true)],
  ['approve', verb(approved, (ctx, { id, ...request }) => approveImport(ctx, id, request))],
]);
