/** The audit in lines of text. Every word of it may have been typed by anybody: nothing of it moves a terminal (main.ts). */
import type { FieldDifference, Json } from '#domain/access/audit-difference.ts';
import { utcWords } from '#domain/maintenance/words.ts';
import type { AuditEntryView } from '#monitor/views/audit-entry.ts';
import type { AuditLine, AuditPageView } from '#monitor/views/audit-page.ts';

const CHANGES: Readonly<Record<AuditLine['change'], string>> = { made: 'new', ended: 'gone', changed: 'changed', told: '' };
const KINDS: Readonly<Record<AuditLine['actorKind'], string>> = {
  system: '',
  file: ' (file)',
  socket: ' (not signed in)',
  person: '',
  token: ' (token)',
};

const who = ({ actorName, actorKind, from }: AuditLine): string => `${actorName}${KINDS[actorKind]}${from === null ? '' : ` from ${from}`}`;
const what = ({ change, fields }: AuditLine): string =>
  [CHANGES[change], fields.slice(0, 6).join(', '), fields.length > 6 ? `and ${fields.length - 6} more` : '']
    .filter((part) => part !== '')
    .join(' ');

const lineOf = (line: AuditLine): string =>
  `${line.seq}  ${utcWords(line.at)}  ${line.verb}  ${line.subject}  ${who(line)}  ${what(line)}`.trimEnd();

export const auditLines = ({ lines, next, hidden }: AuditPageView): string[] => [
  ...(lines.length === 0
    ? [next === null ? 'The audit has no such row.' : 'None of the rows looked at is such a row.']
    : lines.map(lineOf)),
  ...(next === null ? [] : [`There may be more: --before ${next}`]),
  ...(hidden > 0
    ? [
        `Not yours to read: ${hidden} ${hidden === 1 ? 'row' : 'rows'} of contracts, decisions, claims and reports. Their numbers are missing.`,
      ]
    : []),
];

const valueWords = (value: Json): string => {
  if (typeof value === 'object' && value !== null && 'characters' in value)
    return `a text of ${String(value['characters'])} characters, SHA-256 ${String(value['sha256'])}`;
  return typeof value === 'string' ? `"${value.replaceAll('\n', '\\n')}"` : JSON.stringify(value);
};
const differenceLine = ({ path, kind, before, after }: FieldDifference): string => {
  const name = path === '' ? '(the whole)' : path;
  if (kind === 'added') return `  + ${name}: ${valueWords(after)}`;
  if (kind === 'removed') return `  - ${name}: ${valueWords(before)}`;
  return kind === 'same' ? `    ${name}: ${valueWords(after)}` : `  ~ ${name}: ${valueWords(before)} -> ${valueWords(after)}`;
};

export const auditEntryLines = (entry: AuditEntryView): string[] => [
  `Row ${entry.seq} of the audit: ${entry.verb} ${entry.subject}`,
  `  at ${utcWords(entry.at)} by ${who(entry)}${entry.requestId === null ? '' : `, request ${entry.requestId}`}`,
  ...entry.differences.map(differenceLine),
  `  hash ${entry.rowHash}, after ${entry.prevHash}`,
];
