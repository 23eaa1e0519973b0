/**
 * The verbs of maintenance as the socket and the command line name them: a schema for what is asked, and the verb that does it.
 */
import { z } from 'zod';
import { announceMaintenance } from './announce-maintenance.ts';
import { approveImport } from './approve-import.ts';
import { cancelMaintenance } from './cancel-maintenance.ts';
import { completeMaintenance } from './complete-maintenance.ts';
import { editMaintenance } from './edit-maintenance.ts';
import { importMaintenance } from './import-maintenance.ts';
import type { MaintenanceContext } from './maintenance-verb.ts';
import { instantText, optionalText, text, verbsOn } from './request-verb.ts';

const interval = z.strictObject({ start: instantText, end: instantText });
const window = z.union([z.strictObject({ slot: text, from: text, to: text }), interval]);
const components = z.union([z.literal('*'), z.array(text)]).default('*');
const author = optionalText;

const announced = z.strictObject({ window, title: text, body: text, components, author });
const change = z.strictObject({
  id: text,
  slot: text.optional(),
  from: text.optional(),
  to: text.optional(),
  title: text.optional(),
  body: text.optional(),
  basedOn: z.int().optional(),
  author,
});
const ended = z.strictObject({ id: text, author });
const done = z.strictObject({ id: text.nullable().default(null), author });
const historic = z.strictObject({ window: interval, announcedAt: instantText, title: text, body: text, components, author });
const approved = z.strictObject({ id: text, approvedBy: optionalText, evidence: text });

const verb = verbsOn<MaintenanceContext>();

export const maintenanceVerbs = {
  announce: verb(announced, announceMaintenance, true),
  edit: verb(change, (ctx, { id, ...request }) => editMaintenance(ctx, id, request)),
  complete: verb(done, (ctx, { id, ...request }) => completeMaintenance(ctx, id, request)),
  cancel: verb(ended, (ctx, { id, ...request }) => cancelMaintenance(ctx, id, request)),
  import: verb(historic, importMaintenance, true),
  approve: verb(approved, (ctx, { id, ...request }) => approveImport(ctx, id, request)),
} as const;
