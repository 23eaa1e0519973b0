/**
 * Rows of the audit that hold in clear what is hidden today: earlier versions wrote down what a check sends along and where ops are told as
 * it stood in the file. No row is ever changed, for each is bound by the next, so whoever runs Avow is told which values to make anew.
 * A row is held against what config/write-only.ts would hide of it; what it held is never repeated. Source: reliability P33.
 */
import type { BoundAuditRow } from '#domain/access/audit-row.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { DocumentMapping } from '#monitor/config/document-check.ts';
import { masked } from '#monitor/config/write-only.ts';
import { maskedDefinition } from './audited-configuration.ts';

const SETTINGS = 'settings/all';
const COMPONENT = 'component/';

const isMapping = (value: unknown): value is DocumentMapping => typeof value === 'object' && value !== null && !Array.isArray(value);
const hidden = (document: DocumentMapping): DocumentMapping => {
  const { definition } = document;
  return { ...masked(document), ...(isMapping(definition) && { definition: maskedDefinition(definition) as DocumentMapping }) };
};
/** Somebody may have put anything in past Avow; that shows elsewhere. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
const isClear = (text: string | null): boolean => {
  const document = text === null ? null : parsed(text);
  return isMapping(document) && canonicalJson(hidden(document)) !== canonicalJson(document);
};

export interface ClearValues {
  /** Rows that were written, in the order of their numbers. */
  see(rows: readonly BoundAuditRow[]): void;
  /** One sentence on what was found; null: nothing. */
  words(): string | null;
}

/** Of components that are named; the others are counted. */
const NAMED = 5;

export const clearValues = (): ClearValues => {
  let [count, first, last] = [0, 0, 0];
  const subjects = new Set<string>();
  return {
    see(rows) {
      for (const { seq, subject, before, after } of rows) {
        if ((subject !== SETTINGS && !subject.startsWith(COMPONENT)) || (!isClear(before) && !isClear(after))) continue;
        if (count++ === 0) first = seq;
        last = seq;
        subjects.add(subject);
      }
    },
    words() {
      if (count === 0) return null;
      const checks = [...subjects].filter((subject) => subject !== SETTINGS).map((subject) => subject.slice(COMPONENT.length));
      const rest = checks.length - NAMED;
      const named = [...checks.slice(0, NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
      const what = [
        ...(subjects.has(SETTINGS) ? ['the address where ops are told'] : []),
        ...(checks.length > 0 ? [`what is sent along with ${named}`] : []),
      ].join(' and ');
      const rows = count === 1 ? `Row ${first} of the audit holds` : `${count} rows of the audit, from ${first} to ${last}, hold`;
      return (
        `${rows} in clear what is hidden today: ${what}. An earlier Avow wrote that, and no row is ever changed. If one of these values lets somebody in ` +
        `and is still good, make a new one where it belongs, and refer to it as \${NAME}.`
      );
    },
  };
};
