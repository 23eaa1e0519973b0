/** German sentences about maintenance: what runs, what is announced and reserved, what became of it. Times come formatted, lengths in ms. */
import type { MaintenanceState } from '#domain/maintenance/account.ts';
import { lengthText } from '#domain/time/length-text.ts';
import type { maintenanceWords as enMaintenance } from '../en/maintenance.ts';
import { lengthOf, lengthOrNone, ofLength, ofLengthOrNone, shortLengthOf, windowsFirst } from './grammar.ts';
import { refusedWords, weekdayWord } from './reasons.ts';

const states: Readonly<Record<MaintenanceState, string>> = {
  upcoming: 'Angekündigt',
  running: 'Läuft',
  past: 'Vorbei',
  completed: 'Abgeschlossen',
  cancelled: 'Abgesagt',
};

const account: (typeof enMaintenance)['account'] = ({ state, announcedMs, excludedMs, refused, imported }, announced) => {
  const said = `${imported ? 'Nach Angabe angekündigt' : 'Angekündigt'} am ${announced}`;
  const endedBefore = state === 'cancelled' && refused.every(({ reason }) => reason === 'cancelled');
  if (excludedMs === 0 && endedBefore) return `${said} und vor dem Beginn abgesagt: Nichts ist ausgenommen.`;
  if (excludedMs === 0) return `${said}: außerplanmäßig, zählt wie jede andere Zeit.`;
  if (excludedMs === announcedMs) return `${said}: aus der Verfügbarkeit ausgenommen, ${lengthOrNone(excludedMs)}.`;
  return `${said}: aus der Verfügbarkeit ausgenommen, ${lengthOrNone(excludedMs)} von ${ofLengthOrNone(announcedMs)}.`;
};

const releasedSentence: (typeof enMaintenance)['releasedSentence'] = ({ kind, place }, at) => {
  if (kind === 'rollback') return `Zurückgenommen am ${at}.`;
  return `Ausgerollt am ${at}, ${place === 'outside_window' ? 'außerhalb eines angekündigten Fensters' : 'innerhalb eines angekündigten Fensters'}.`;
};

/** "2 h 0 min" of it, or nothing. */
const share = (ms: number): string => (ms === 0 ? 'nichts' : lengthOrNone(ms));

export const maintenanceWords: typeof enMaintenance = {
  title: (page) => `Wartung · ${page}`,
  headline: (running, next, ahead) => {
    if (running.length === 1) return `Wartung läuft: ${running[0]}.`;
    if (running.length > 1) return `${windowsFirst(running)} laufen.`;
    if (next !== null) return `Die nächste angekündigte Wartung ist am ${next}.`;
    return ahead ? 'Keine Wartung ist angekündigt; der Dienst bleibt in Betrieb.' : 'Keine Wartung ist angekündigt.';
  },
  rule: ({ weekday, start, durationMin }, zone) =>
    `Jeden ${weekdayWord(weekday)} ist ein Fenster von ${ofLength(durationMin * 60_000)} ab ${start} (${zone}) reserviert. Nur was darin angekündigt ist, bevor es beginnt, wird aus der Verfügbarkeit ausgenommen.`,
  state: (state) => states[state],

  now: 'Läuft gerade',
  progress: ({ passedMs, wholeMs, leftMs }) =>
    passedMs < 1_000
      ? `Gerade begonnen; noch ${lengthOrNone(leftMs)}.`
      : `Vergangen: ${lengthOf(passedMs)} von ${ofLengthOrNone(wholeMs)}; noch ${lengthOrNone(leftMs)}.`,
  progressLabel: (title) => `Wie viel vom Fenster vergangen ist: ${title}`,

  ahead: 'Angekündigt und reserviert',
  nothingAhead: 'Nichts ist reserviert und nichts ist angekündigt.',
  reservedNothing: (from, to) => `Reserviert von ${from} bis ${to}. Nichts ist angekündigt; der Dienst bleibt in Betrieb.`,
  outside: 'Außerhalb der reservierten Zeit.',

  past: 'Was daraus wurde',
  pastCaption:
    'Zu jedem reservierten Fenster: wie viel angekündigt war, wie viel davon aus der Verfügbarkeit ausgenommen ist (Abzug) und wie viel davon genutzt wurde.',
  nothingPast: 'Seit Avow überwacht, ist noch kein reserviertes Fenster vergangen.',
  older: (month) => `Fenster vor ${month} stehen Monat für Monat im Verlauf.`,
  window: 'Fenster',
  reservedMs: 'Reserviert',
  announcedMs: 'Angekündigt',
  excludedMs: 'Abzug',
  usedMs: 'Genutzt',
  length: (ms) => (ms === 0 ? '–' : shortLengthOf(ms)),
  use: ({ reservedMs, announcedMs, excludedMs, usedMs }) =>
    `Reserviert: ${lengthOf(reservedMs)}; angekündigt: ${share(announcedMs)}; ausgenommen: ${share(excludedMs)}; genutzt: ${share(usedMs)}.`,
  elsewhere: (ms) => `Trotzdem in der Verfügbarkeit des Dienstes gezählt: ${lengthOrNone(ms)}. ${refusedWords('down_elsewhere')}`,
  usedNote: 'Genutzt ist die ausgenommene Zeit, in der eine Komponente ausgefallen war oder nichts gemessen wurde.',

  affects: 'Betrifft',
  all: 'alle Komponenten',
  account,
  refused: (reason, ms) => `Nicht ausgenommen: ${lengthOrNone(ms)}. ${refusedWords(reason)}`,
  reason: refusedWords,
  endedAt: (state, at) => (state === 'cancelled' ? `Abgesagt am ${at}.` : `Abgeschlossen am ${at}.`),
  notDeciding: 'Diese Wartung deckt keine maßgebliche Komponente ab, also hängt die Verfügbarkeit des Dienstes nicht von ihr ab.',
  imported: (approved) =>
    approved === null
      ? 'Nachträglich erfasst. Keine zweite Person hat es bestätigt, also nimmt es nichts aus.'
      : `Nachträglich erfasst und am ${approved} von einer zweiten Person bestätigt.`,

  changes: 'Was sich ändert',
  release: (version, title) => (title === null ? version : `${version}: ${title}`),
  notes: (at) => (at === null ? 'Die Versionshinweise sind nicht veröffentlicht.' : `Versionshinweise veröffentlicht am ${at}.`),
  releasedSentence,

  announcementTitle: (title, page) => `${title} · Wartung · ${page}`,
  text: 'Ankündigung',
  noText: 'Mehr wurde nicht gesagt.',
  counts: 'Was zählt',
  countsCaption: (zone) => `Was davon aus der Verfügbarkeit ausgenommen ist; Zeitzone: ${zone}`,
  part: 'Von – bis',
  partLength: 'Dauer',
  partSays: 'Verfügbarkeit',
  partExcluded: 'Ausgenommen.',
  partCounts: (reason) => `Zählt. ${refusedWords(reason)}`,
  whole: (excludedMs, announcedMs) =>
    excludedMs === announcedMs && announcedMs > 0
      ? `Ganz aus der Verfügbarkeit ausgenommen: ${lengthText(announcedMs)}.`
      : `Aus der Verfügbarkeit ausgenommen: ${excludedMs === 0 ? 'nichts' : lengthText(excludedMs)} von angekündigten ${lengthText(announcedMs)}. Der Rest zählt wie jede andere Zeit.`,
  slot: (from, to, deadline) =>
    `Reserviertes Fenster: ${from} bis ${to}. Eine Ankündigung dafür zählt, wenn sie spätestens zu diesem Zeitpunkt öffentlich war: ${deadline}.`,
  inFigure: (month) => `Was in der Rechnung ausgenommen wurde: ${month}`,
  revisions: 'Alle Fassungen',
  revision: (rev) => `Fassung ${rev}`,
  publicAt: (at) => `Nach Angabe öffentlich seit ${at}.`,
  changedTime: (what, before, after) => (what === 'start' ? `Beginn ${after} statt ${before}.` : `Ende ${after} statt ${before}.`),
  changedTitle: (before, after) => `Titel „${after}“ statt „${before}“.`,
  changedBody: 'Ein anderer Text.',
  fromTo: (from, to) => `Von ${from} bis ${to}.`,
  before: 'Vorher',
  after: 'Nachher',
  toAll: 'Alle Wartungen',

  next: (day) => `Als Nächstes: ${day}`,
  staysUp: 'Nichts ist angekündigt; der Dienst bleibt in Betrieb.',
  later: 'Danach angekündigt:',
  whatChanges: 'Was sich ändert:',
  changesHeading: 'Änderungen',
  lastReleased: 'Zuletzt ausgerollt',
  nextReleased: 'Geplant',
  releasedAt: (at) => `ausgerollt am ${at}`,
  withWindow: (at) => `geplant für ${at}`,
  withoutWindow: 'noch ohne Fenster',
  allReleases: 'Alle Versionen',
};
