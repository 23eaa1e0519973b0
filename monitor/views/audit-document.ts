/** The audit as documents for programs: keys in snake_case, instants ISO 8601 in UTC. The same facts as the views, nothing computed here. */
import { isoOf } from '#domain/time/iso.ts';
import type { AuditEntryView } from './audit-entry.ts';
import type { AuditLine, AuditPageView } from './audit-page.ts';

type Document = Readonly<Record<string, unknown>>;

const lineDocument = (line: AuditLine): Document => ({
  seq: line.seq,
  at: isoOf(line.at),
  actor: { kind: line.actorKind, id: line.actorId, name: line.actorName },
  from: line.from,
  request_id: line.requestId,
  verb: line.verb,
  subject: line.subject,
  change: line.change,
  fields: line.fields,
});

export const auditPageDocument = ({ asOf, lines, next, actors, verbs, hidden }: AuditPageView): Document => ({
  as_of: isoOf(asOf),
  rows: lines.map(lineDocument),
  next_before: next,
  hidden_rows: hidden,
  actors,
  verbs,
});

export const auditEntryDocument = (entry: AuditEntryView): Document => ({
  ...lineDocument(entry),
  differences: entry.differences,
  prev_hash: entry.prevHash,
  row_hash: entry.rowHash,
});
