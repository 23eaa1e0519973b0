/** German sentences of the page of an incident. */
import type { incidentWords as enIncidents } from '../en/incidents.ts';
import { form, plural } from './grammar.ts';

export const incidentWords: typeof enIncidents = {
  pageTitle: (title, page) => `${title} · ${page}`,
  openSince: (at) => `Offen seit ${at}`,
  wasOpen: (since, asOf) => `Beginn: ${since}. Noch nicht vorbei, Stand: ${asOf}.`,
  lasted: (from, to, length) => `${from} bis ${to}, ${length}.`,
  detected: 'Von den Prüfungen selbst erkannt.',
  opened: 'Von Hand eröffnet.',
  impact: {
    none: 'Keine Auswirkung.',
    minor: 'Geringe Auswirkung.',
    major: 'Große Auswirkung.',
    critical: 'Kritische Auswirkung.',
  },

  affected: 'Betroffene Komponenten',
  impactOf: {
    none: 'Nicht betroffen',
    degraded: 'Beeinträchtigt',
    partial_outage: 'Teilausfall',
    major_outage: 'Ausfall',
  },
  nowAndWorst: (now, worst) => `${now}; schlimmster Stand: ${worst}`,
  atWorst: (impact) => `Schlimmster Stand: ${impact}`,

  posts: 'Was gemeldet wurde',
  noPosts: 'Es wurde nichts gemeldet.',
  called: (title) => `Ab hier unter dem Titel „${title}“.`,
  impactSaid: (name, impact) => `${name}: ${impact}`,

  seen: 'Was die Prüfungen sahen',
  seenNote: 'Von kurz vor dem Beginn bis kurz nach dem Ende. Die Linie darüber zeigt, wie lange der Vorfall offen war.',
  seenNoteOpen: 'Von kurz vor dem Beginn bis jetzt. Die Linie darüber zeigt, wie lange der Vorfall schon offen ist.',
  seenLabel: (name, from, to, parts) => `${name}, ${from} bis ${to}: ${parts.join(', ')}`,
  seenPart: (state, length) => `${state} ${length}`,
  seenTable: 'Als Tabelle',
  nothingSeen: 'Es wurde nichts gemessen.',
  moreSeen: (count) =>
    `Nicht gezeigt: ${plural(count, 'späterer Abschnitt', 'spätere Abschnitte')}; die Seite der Komponente hat ${form(count, 'ihn', 'sie')}.`,

  counted: 'Ob es gezählt hat',
  countedNote:
    'Was hier gemeldet wird, zählt nicht. Ausfallzeit ist, was die Prüfungen sahen und was nachträglich berichtigt wurde; jeder Monat erklärt sie:',
  countedIn: (name, month) => `${name}, ${month}`,
};
