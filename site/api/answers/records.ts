/** What is answered about notices, the audit, reports, and the store itself. */
import type { DoctorReport } from '#monitor/actions/doctor-types.ts';
import type { AuditExport } from '#monitor/actions/export-audit.ts';
import type { VerifyAnswer } from '#monitor/actions/report-requests.ts';
import { auditEntryDocument, auditPageDocument } from '#monitor/views/audit-document.ts';
import { deliveriesDocument, noticeAnswerDocument } from '#monitor/views/delivery-document.ts';
import { backupDocument, recordsDocument } from '#monitor/views/records-document.ts';
import { closeDocument, filesDocument, imaginedDocument, pagesDocument, whatIfDocument } from '#monitor/views/reports-document.ts';
import { asItIs, count, ms, shape, text, time, warnings, z } from './shape.ts';

const delivery = z
  .strictObject({
    delivery: count,
    key: text,
    channel: text,
    type: text,
    title: text,
    state: z.enum(['waiting', 'sending', 'delivered', 'dead', 'dropped']),
    attempts: count,
    queued_at: time,
    ended_at: time.nullable(),
    note: text.nullable(),
  })
  .openapi('Delivery');
export const noticeShape = shape(
  z.strictObject({ keys: z.array(text), channels: z.array(text), warnings }).openapi('NoticeAnswer'),
  noticeAnswerDocument,
);
export const deliveriesShape = shape(
  z
    .strictObject({
      as_of: time,
      channels: z.array(
        z.strictObject({
          name: text,
          added_at: time,
          waiting: count,
          waiting_since: time.nullable(),
          delivered: count,
          dead: count,
          left_out: count,
          last_success_at: time.nullable(),
          failing_since: time.nullable(),
          last_error: text.nullable(),
          disabled_at: time.nullable(),
          disabled_why: text.nullable(),
        }),
      ),
      dead_letters: z.array(delivery),
    })
    .openapi('Deliveries'),
  deliveriesDocument,
);

const line = {
  seq: count,
  at: time,
  actor: z.strictObject({ kind: z.enum(['system', 'file', 'socket', 'person', 'token']), id: text.nullable(), name: text }),
  from: text.nullable(),
  request_id: text.nullable(),
  verb: text,
  subject: text,
  change: z.enum(['made', 'ended', 'changed', 'told']),
  fields: z.array(text),
};
export const auditPageShape = shape(
  z
    .strictObject({
      as_of: time,
      rows: z.array(z.strictObject(line)),
      next_before: count.nullable().openapi({ description: 'What to ask with as before for older rows; null: there are none.' }),
      hidden_rows: count.openapi({ description: 'Rows of the whole audit that are not yours to read; their numbers are missing.' }),
      actors: z.array(text).openapi({ description: 'Names that rows of yours are by, at most 200.' }),
      verbs: z.array(text),
    })
    .openapi('AuditRows'),
  auditPageDocument,
);
export const auditEntryShape = shape(
  z
    .strictObject({
      ...line,
      differences: z.array(
        z.strictObject({
          path: text,
          kind: z.enum(['added', 'removed', 'changed', 'same']),
          before: z.unknown(),
          after: z.unknown(),
        }),
      ),
      prev_hash: text,
      row_hash: text,
    })
    .openapi('AuditRow'),
  auditEntryDocument,
);
export const auditExportShape = asItIs<AuditExport>(
  z
    .strictObject({
      csv: text,
      rows: count,
      next: count.nullable().openapi({ description: 'Ask on with this as before; null: everything is in it.' }),
    })
    .openapi('AuditExport'),
);
export const recordsShape = shape(
  z
    .strictObject({ ok: z.boolean(), faults: z.array(text), first_wrong: count.nullable(), rows: count, notes: z.array(text) })
    .openapi('Records'),
  recordsDocument,
);

export const closeShape = shape(
  z
    .strictObject({
      month: text,
      contracts: z.array(
        z.strictObject({
          contract: text,
          customer: text,
          outcome: z.enum(['final', 'revised', 'unchanged', 'waiting']),
          revision: count,
          sha256: text.nullable(),
          verdict: text,
          availability: text.nullable(),
          credit_minor: z.number().int().nullable(),
          currency: text,
          obstacle: text.nullable(),
          changes: z.array(text),
        }),
      ),
    })
    .openapi('Closed'),
  closeDocument,
);
/** Of the command line, which tells one a line: as it was issued, or in the same form while it is not final. */
export const issuedSchema = z
  .looseObject({ report: z.looseObject({ month: text }), sha256: text.nullable(), signature: z.looseObject({}).nullable() })
  .openapi('IssuedReport', { description: 'As it was issued; sha256 and signature are null while it is not final.' });
const reports = { reports: z.array(issuedSchema) };
export const filesShape = shape(z.strictObject(reports).openapi('Reports'), filesDocument);
export const pagesShape = shape(z.strictObject({ ...reports, pages: z.array(text) }).openapi('ReportPages'), pagesDocument);
const imagined = z.strictObject({
  contract: text,
  changes: z.array(text),
  refusal: text.nullable(),
  rows: z.array(z.strictObject({ what: text, real: text, imagined: text, difference: text })),
});
export const imaginedShape = shape(imagined, imaginedDocument);
export const whatIfShape = shape(z.strictObject({ imagined: z.array(imagined) }).openapi('WhatIf'), whatIfDocument);
export const findings = z.array(z.strictObject({ what: text, ok: z.boolean().nullable(), says: text }));
export const verifyShape = asItIs<VerifyAnswer>(z.strictObject({ ok: z.boolean(), findings }).openapi('Verified'));

export const doctorShape = asItIs<DoctorReport>(
  z
    .strictObject({
      ok: z.boolean(),
      differences: z.array(z.strictObject({ component: text.nullable(), location: text.nullable(), what: text, message: text })),
      notes: z.array(text),
      examined: z.strictObject({ pairs: count, checks: count, spans: count, days: count }),
    })
    .openapi('Doctor'),
);
export const backupShape = shape(
  z.strictObject({ path: text, folder_made: text.nullable(), bytes: count, took_ms: ms, waited_ms: ms, manifest: z.looseObject({}) }),
  backupDocument,
);
