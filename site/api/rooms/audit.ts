/** The audit, and whether ledger and audit are what was recorded. */
import { z } from 'zod';
import { readAuditSearch } from '#domain/access/audit-search.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { auditVerbs } from '#monitor/actions/audit-requests.ts';
import { auditEntry } from '#monitor/views/audit-entry.ts';
import { type AuditContext, auditPage } from '#monitor/views/audit-page.ts';
import { auditEntryShape, auditExportShape, auditPageShape, recordsShape } from '../answers/records.ts';
import { asksNothing, type LongDoor, type Room, room, USUAL_BYTES, view } from '../room.ts';

export const auditRoom: Room = room({
  path: '/audit',
  title: 'Audit',
  verbs: auditVerbs,
  entries: { export: { needs: 'audit:read', summary: 'Rows as CSV', shape: auditExportShape, exports: true } },
  acting: (verbs, { actor }) => verbs.maintenance(actor),
  views: {
    '/': view({
      needs: 'audit:read',
      summary: 'Rows of the audit, newest first',
      shape: auditPageShape,
      query: z.strictObject(
        Object.fromEntries(['actor', 'verb', 'subject', 'since', 'until', 'text', 'before'].map((name) => [name, z.string().optional()])),
      ),
      show: async (ctx: AuditContext, given) => {
        const search = readAuditSearch(given);
        return isRefusal(search) ? search : auditPage(ctx, search);
      },
    }),
    '/{seq}': view({
      needs: 'audit:read',
      summary: 'One row of the audit',
      shape: auditEntryShape,
      params: z.strictObject({ seq: z.string() }),
      show: async (ctx: AuditContext, { seq = '' }) => {
        const entry = /^[1-9]\d{0,14}$/.test(seq) ? await auditEntry(ctx, Number(seq)) : null;
        return entry ?? refuse('unknown_row', `The audit has no row ${seq.slice(0, 20)}.`, {});
      },
    }),
  },
  mostBytes: USUAL_BYTES,
});

export const verifyRecordsDoor: LongDoor = {
  path: '/audit/verify',
  title: 'Audit',
  needs: 'audit:read',
  summary: 'Whether ledger and audit are what was recorded',
  shape: recordsShape,
  schema: null,
  work: ({ verifyRecords }) => asksNothing(verifyRecords),
};
