/** How the definition of a component came to be what it is: every version with what it changed, who wrote it and when, newest first. For people who run Avow. */

import type { AuditOfSubject } from '#db/queries/audit-of-subject.ts';
import type { ManagedBy } from '#db/queries/components.ts';
import type { ComponentHistory, ComponentVersion } from '#db/queries/definitions.ts';
import type { Instant } from '#domain/time/instant.ts';
import { settingsOf } from '#monitor/actions/configuration-in-force.ts';
import { type FieldChange, fieldChanges } from '#monitor/config/difference.ts';
import { type ComponentManner, componentDocument } from '#monitor/config/document.ts';
import { type DocumentMapping, inFull } from '#monitor/config/document-check.ts';
import { masked } from '#monitor/config/write-only.ts';

export type VersionDeed = 'added' | 'changed' | 'removed' | 'paused' | 'resumed' | 'adopted' | 'moved';

export interface VersionEntry {
  readonly recordedAt: Instant;
  readonly deed: VersionDeed;
  readonly managed: ManagedBy;
  /** Null: the file, or Avow itself; or it is not for whoever reads this. */
  readonly author: string | null;
  /** Whether the name was proved by signing in; null: nobody is named, or no row of the audit tells of it. */
  readonly authenticated: boolean | null;
  /** Of a change; empty otherwise, and where nothing was written anew but what is not shown. */
  readonly fields: readonly FieldChange[];
  /** `reason` null: it is not for whoever reads this. */
  readonly pause: { readonly reason: string | null; readonly until: Instant | null } | null;
}

/** Of what is not shown again nobody is told whether it is the same as before: the audit says where it was written anew. */
const documentOf = ({ slug }: ComponentHistory, version: ComponentVersion, manner: ComponentManner): DocumentMapping | null => {
  const document = componentDocument(settingsOf(slug, version), manner, inFull);
  return document && masked(document);
};

const deedOf = (before: ComponentVersion | undefined, now: ComponentVersion, fields: readonly FieldChange[]): VersionDeed => {
  if (now.removed) return 'removed';
  if (!before || before.removed) return 'added';
  if ((before.pause === null) !== (now.pause === null)) return now.pause === null ? 'resumed' : 'paused';
  if (before.managed === 'console' && now.managed === 'file') return 'adopted';
  return fields.length === 0 && before.position !== now.position ? 'moved' : 'changed';
};

/** Each version has its row of the audit, from the first that was audited on. */
const provedBy = (author: string | null, deed: AuditOfSubject | undefined): boolean | null => {
  if (author === null || deed === undefined) return null;
  return (deed.kind === 'person' || deed.kind === 'token') && deed.actor === author;
};

/** `deeds`: what the audit says of it, newest first. */
export const componentHistory = (history: ComponentHistory, manner: ComponentManner, deeds: readonly AuditOfSubject[]): VersionEntry[] =>
  history.versions
    .map((version, i): VersionEntry => {
      const before = history.versions[i - 1];
      const changed = before && !before.removed && !version.removed;
      const fields = changed ? fieldChanges(documentOf(history, before, manner), documentOf(history, version, manner)) : [];
      const { recordedAt, managed, author, pause } = version;
      return {
        recordedAt,
        deed: deedOf(before, version, fields),
        managed,
        author,
        authenticated: provedBy(author, deeds[history.versions.length - 1 - i]),
        fields,
        pause: pause && { reason: pause.reason, until: pause.until },
      };
    })
    .reverse();
