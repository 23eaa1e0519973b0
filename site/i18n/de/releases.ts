/** German sentences of the release pages: what changes in which window, what changed, and whether it kept to its window. */
import type { NotesGroup } from '#domain/release/notes-groups.ts';
import type { ReleaseKind } from '#domain/release/release-fact.ts';
import type { UnscheduledReason } from '#domain/release/release-standing.ts';
import type { releasesWords as enReleases } from '../en/releases.ts';
import { capital, counted, form, plural } from './grammar.ts';

const groups: Record<NotesGroup['kind'], string> = {
  added: 'Hinzugefügt',
  changed: 'Geändert',
  deprecated: 'Veraltet',
  removed: 'Entfernt',
  fixed: 'Behoben',
  security: 'Sicherheit',
  other: 'Hinweise',
};
const kinds: Record<ReleaseKind, string> = { standard: 'Version', hotfix: 'Hotfix', emergency: 'Notfall' };
const unscheduled: Record<UnscheduledReason | 'over', string> = {
  cancelled: 'Das Fenster, für das sie geplant war, wurde abgesagt.',
  nothing_excluded: 'Von dem Fenster, für das sie geplant war, ist nichts übrig.',
  shrunk: 'Der geplante Zeitpunkt liegt nicht mehr in dem Fenster, für das sie geplant war.',
  over: 'Das Fenster, für das sie geplant war, endete, bevor sie in Produktion ging.',
};

export const releasesWords: typeof enReleases = {
  nav: 'Versionen',
  title: (page) => `Versionen · ${page}`,
  releaseTitle: (version, title, page) => `${title === null ? version : `${version}: ${title}`} · ${page}`,
  headline: (count, day) =>
    count === 0
      ? 'Keine Version ist geplant.'
      : `${form(count, 'Eine Version ist', `${capital(counted(count))} Versionen sind`)} geplant für ${day}.`,
  nothingPlanned: 'Keine Version ist geplant.',
  heading: (version, title) => (title === null ? `Version ${version}` : `${version}: ${title}`),

  coming: 'Was geplant ist',
  changesOn: (day) => `Was sich ändert: ${day}`,
  changedOn: (day) => `Was sich geändert hat: ${day}`,
  changesUnplanned: 'Was sich ändert',
  unplanned: 'Noch in keinem Fenster',
  released: 'Was ausgerollt wurde',
  nothingReleased: 'Es wurde noch nichts ausgerollt.',
  omitted: (count) => `Nicht gezeigt: ${plural(count, 'ältere Version', 'ältere Versionen')}.`,

  kinds,
  groups,
  plannedFor: 'Geplant für',
  window: 'Fenster',
  plannedIn: (title) => `Geplant in der Wartung „${title}“.`,
  deployedIn: (title) => `Ausgeführt in der Wartung „${title}“.`,
  notInWindow: 'Sie liegt noch in keinem angekündigten Fenster.',
  unscheduled: (reason) => unscheduled[reason],

  facts: 'Wann',
  notesPublic: 'Hinweise öffentlich',
  revisions: 'Änderungen an den Hinweisen',
  amended: 'Nachträglich geändert',
  amendedNote: 'Die Versionshinweise wurden geändert, nachdem das Fenster begonnen hatte oder die Version in Produktion war.',
  firstRevision: 'Zuerst öffentlich',
  laterRevision: 'Geändert',
  deployed: 'Ausgerollt',
  rolledBack: 'Zurückgenommen',
  inside: 'Innerhalb des Fensters',
  outside: 'Außerhalb eines Wartungsfensters',
  outsideNote: 'In Produktion wurde zu einer Zeit geändert, die nicht als Wartung angekündigt ist oder nicht als Wartung zählt.',
  emergency: 'Als Notfall',
  noNotes: 'Zu dieser Version wurden keine Versionshinweise veröffentlicht.',
  all: 'Alle Versionen',
  waiting: 'In keinem Fenster',
  marks: {
    coming: 'Geplant',
    released: 'Ausgerollt',
    rolled_back: 'Zurückgenommen',
    outside: 'Außerhalb eines Wartungsfensters',
  },
};
