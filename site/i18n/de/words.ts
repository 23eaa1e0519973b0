/** Every German sentence of the pages; pages of reports are in English. */
import { lengthText } from '#domain/time/length-text.ts';
import { numberText, partsOf } from '../../format.ts';
import { enReports } from '../en/reports.ts';
import type { Words } from '../en/words.ts';
import { apiWords } from './api.ts';
import { badgeWords } from './badges.ts';
import { embedWords } from './embed.ts';
import { feedWords } from './feeds.ts';
import { frameWords } from './frame.ts';
import { capital, components, componentsFirst, counted, form, lengthOf, plural, shortLengthOf } from './grammar.ts';
import { historyWords } from './history.ts';
import { incidentWords } from './incidents.ts';
import { maintenanceWords } from './maintenance.ts';
import { pictureWords } from './picture.ts';
import { reasonWords } from './reasons.ts';
import { releasesWords } from './releases.ts';
import { severityWords } from './severity.ts';
import { slaWords } from './sla.ts';
import { subscribeWords } from './subscribe.ts';
import { widgetWords } from './widget.ts';

const states: Words['states'] = {
  operational: 'In Betrieb',
  degraded: 'Beeinträchtigt',
  partial_outage: 'Teilausfall',
  major_outage: 'Ausfall',
  maintenance: 'Wartung',
  unknown: 'Unbekannt',
};
const are = (names: readonly string[]): string => form(names.length, 'ist', 'sind');
const become = (names: readonly string[]): string => form(names.length, 'wird', 'werden');

export const de: Words = {
  lang: 'de',
  dir: 'ltr',
  skip: 'Zu den Komponenten',
  title: (name) => (/\bstatus$/i.test(name) ? name : `${name}: Status`),

  headline(overall, investigating, measured, awaitsBeat = false) {
    const troubled = overall.headline === 'down' || overall.headline === 'all_down';
    if (!measured && awaitsBeat) return `Das erste Lebenszeichen steht noch aus: ${components(overall.unknown)}.`;
    if (!measured) return overall.unknown.length === 0 ? 'Noch wird nichts überwacht.' : 'Die ersten Prüfungen laufen.';
    if (!troubled && investigating.length > 0)
      return `${componentsFirst(investigating)} ${become(investigating)} untersucht: Die letzte Prüfung ist fehlgeschlagen.`;
    switch (overall.headline) {
      case 'all_down':
        return overall.down.length === 1 ? `${componentsFirst(overall.down)} ist ausgefallen.` : 'Alles Maßgebliche ist ausgefallen.';
      case 'down':
        return `${componentsFirst(overall.down)} ${are(overall.down)} ausgefallen.`;
      case 'degraded':
        return `${componentsFirst(overall.degraded)} ${are(overall.degraded)} beeinträchtigt.`;
      case 'maintenance':
        return `${componentsFirst(overall.maintenance)} ${become(overall.maintenance)} gewartet.`;
      case 'partly_unknown':
        return `Keine Störung erkennbar, aber der Zustand von ${components(overall.unknown, 'einer Komponente')} ist unbekannt.`;
      case 'unknown':
        return 'Der Zustand ist unbekannt: In letzter Zeit wurde nichts gemessen.';
      case 'operational':
        return 'Alle Systeme sind in Betrieb.';
    }
  },
  alsoUnknown: (names) => `Der Zustand von ${components(names, 'einer Komponente')} ist unbekannt.`,
  lastChecked: 'Zuletzt geprüft',
  neverChecked: 'Noch nicht geprüft.',
  neverBeat: 'Noch ist kein Lebenszeichen gekommen.',
  timesIn: (zone, id) => (zone === id ? `Zeitzone: ${zone}.` : `Zeitzone: ${zone} (${id}).`),
  stale: (at) => `Daten mit Stand ${at}: Avow erreicht seinen Datenspeicher nicht. Was folgt, kann veraltet sein.`,
  watchesItself: 'Avow überwacht sich selbst. Um den eigenen Dienst zu überwachen, ist er zu beschreiben in',
  watchesItselfThen: 'und Avow neu zu starten oder ihm SIGHUP zu senden; im Ordner docs liegt ein kommentiertes Beispiel.',

  states,
  stateOf: (state, investigating, measured) =>
    investigating ? 'Wird untersucht' : state === 'unknown' && !measured ? 'Noch nicht gemessen' : states[state],
  cause: ({ reason, httpStatus }) => {
    if (reason === 'paused') return 'nicht gemessen: angehalten';
    return reason === 'awaits_beat' ? 'wartet auf das erste Lebenszeichen' : reasonWords(reason, httpStatus);
  },
  since: (at) => `seit ${at}`,
  sinceLong: (days) => `seit mehr als ${plural(days, 'Tag', 'Tagen')}`,

  now: 'Was gerade geschieht',
  components: 'Komponenten',
  otherComponents: 'Andere Komponenten',
  barsNote: (from) => `Ein Balken ist ein Tag, ${from} bis heute. Eine Reihe von Balken öffnet sich zu ihren Tagen in Worten.`,
  barsLabel: (name, days) => `${name}, die letzten ${plural(days, 'Tag', 'Tage')}`,
  barsSummary(down, degraded, unknown, measuredDays) {
    if (measuredDays === 0) return 'noch nichts gemessen';
    const onDays = (days: number): string => plural(days, 'Tag', 'Tagen');
    const parts = [
      down > 0 ? `Ausfälle an ${onDays(down)}` : 'kein Ausfall',
      ...(degraded > 0 ? [`beeinträchtigt an ${onDays(degraded)}`] : []),
      ...(unknown > 0 ? [`Messlücken an ${onDays(unknown)}`] : []),
    ];
    return `${parts.join(', ')}; gemessen an ${onDays(measuredDays)}`;
  },
  dayTitle: (day, parts) => `${day}: ${parts.join(', ')}`,
  partDown: (length) => `Ausfall ${length}`,
  partDegraded: (length) => `Beeinträchtigt ${length}`,
  partMaintenance: (length) => `Wartung ${length}`,
  partUnknown: (length) => `Nicht gemessen ${length}`,
  noTroubleDays: (days) =>
    days === 0 ? 'Es wurde noch nichts gemessen.' : `Keine Störung an ${plural(days, 'gemessenem Tag', 'gemessenen Tagen')}.`,
  otherDays: (days) => {
    if (days === 0) return '';
    return days === 1
      ? 'Keine Störung am übrigen gemessenen Tag.'
      : `Keine Störung an den übrigen ${numberText('de', days)} gemessenen Tagen.`;
  },
  olderDays: (days) => `Auf der Seite der Komponente: ${plural(days, 'älterer Tag', 'ältere Tage')} mit Störungen.`,
  tableDay: 'Tag',
  tableDown: 'Ausfall',
  tableDegraded: 'Beeinträchtigt',
  tableMaintenance: 'Wartung',
  tableUnknown: 'Nicht gemessen',
  none: '–',

  unmeasured: 'Was wir nicht gemessen haben',
  notMeasured: (what, from, to) =>
    what === null
      ? `Zwischen ${from} und ${to} haben wir nicht gemessen.`
      : `Zwischen ${from} und ${to} haben wir die Komponente ${what} nicht gemessen.`,
  notMeasuredSince: (what, from) =>
    what === null ? `Seit ${from} haben wir nichts gemessen.` : `Seit ${from} haben wir die Komponente ${what} nicht gemessen.`,
  moreGaps: (count) => `${plural(count, 'weitere Lücke', 'weitere Lücken')} in den letzten 24 Stunden.`,

  past: 'Die letzten 14 Tage',
  moreIncidents: (count) => `${plural(count, 'weiterer Vorfall', 'weitere Vorfälle')} an diesem Tag.`,
  noIncidents: 'Keine Vorfälle.',
  notYetMeasured: 'Nicht gemessen.',
  range: (from, to) => `${from} bis ${to}`,
  today: 'Heute',
  incidentStatus: {
    investigating: 'Wird untersucht',
    identified: 'Ursache erkannt',
    monitoring: 'Wird beobachtet',
    resolved: 'Behoben',
    postmortem: 'Nachbetrachtung',
  },
  openSince: (at) => `Seit ${at}`,
  openAbove: (count) =>
    count === 1 ? 'Ein Vorfall ist noch offen; er steht oben.' : `${capital(counted(count))} Vorfälle sind noch offen; sie stehen oben.`,
  lasted: (from, to, length) => `${from} bis ${to}, ${length}.`,

  support: 'Support',
  machine: 'Status als JSON',
  measuredBy: 'Gemessen und veröffentlicht von Avow.',

  kinds: {
    http: 'Eine HTTP-Anfrage',
    tcp: 'Eine TCP-Verbindung',
    tls: 'Ein TLS-Handshake',
    dns: 'Eine DNS-Abfrage',
    heartbeat: 'Ein Lebenszeichen, das der Auftrag sendet',
    self: 'Avow fragt sich selbst',
    store: 'Avow fragt den eigenen Datenspeicher',
  },
  /** With its own word before it: "jede Minute", "alle 30 Sekunden". */
  every(ms) {
    const { days, hours, minutes, seconds } = partsOf(ms);
    const single = days + hours + minutes + seconds === 1;
    return single ? (days ? 'jeden Tag' : hours ? 'jede Stunde' : minutes ? 'jede Minute' : 'jede Sekunde') : `alle ${lengthOf(ms)}`;
  },
  checkedEvery: (kind, every, locations) =>
    locations.length <= 1
      ? `${kind}, ${every}${locations[0] ? `, von ${locations[0]} aus` : ''}.`
      : `${kind}, ${every}, von ${plural(locations.length, 'Standort', 'Standorten')} aus: ${locations.join(', ')}.`,
  confirmedBy(count, quorum, locations) {
    const seen = locations > 1 ? `, gesehen von mindestens ${plural(quorum, 'Standort', 'Standorten')}` : '';
    if (count === 1) return `Ein Fehlschlag gilt als Ausfall${seen}; der Ausfall beginnt mit diesem Fehlschlag.`;
    return `${capital(counted(count))} Fehlschläge in Folge gelten als Ausfall${seen}; der Ausfall beginnt mit dem ersten davon.`;
  },
  sentinelsOff:
    'Kein Kontrollziel ist eingerichtet, daher lässt sich ein Ausfall des Netzes, in dem Avow läuft, nicht von einem Ausfall dieser Komponente unterscheiden.',
  lastCheck: 'Die letzte Prüfung',
  lastCheckAt: (location) => `Von ${location} aus`,
  neverYet: 'Noch ist keine Prüfung abgeschlossen.',
  outcome: {
    ok: 'Wie erwartet geantwortet',
    slow: 'Geantwortet, aber langsam',
    fail: 'Fehlgeschlagen',
    error: 'Konnte nicht ausgeführt werden',
  },
  phases: {
    dns: 'Name auflösen',
    connect: 'Verbinden',
    tls: 'Verschlüsselung vereinbaren',
    ttfb: 'Auf das erste Byte warten',
    transfer: 'Den Rest empfangen',
  },
  phase: 'Abschnitt',
  took: 'Dauer',
  together: 'Die ganze Prüfung',
  phasesLabel: 'Womit die Zeit der letzten Prüfung verging',
  status: (code) => `HTTP-Status ${code}`,
  certificate: (day, days) =>
    days < 0 ? `Das Zertifikat ist am ${day} abgelaufen.` : `Das Zertifikat ist gültig bis ${day}, noch ${plural(days, 'Tag', 'Tage')}.`,

  latency: 'Wie lange Antworten dauern',
  latencyNote: (from) =>
    `Nur richtige Antworten, gemessen von ${from} aus. Die Linie ist der Median; eine von zwanzig Antworten dauerte länger, als das Band zeigt.`,
  noLatency: 'Noch wurde keine Antwortzeit gemessen.',
  ranges: { '24h': '24 Stunden', '7d': '7 Tage', '30d': '30 Tage', '90d': '90 Tage' },
  rangeChoice: 'Zeitraum',
  plotLabel: (range, median, p95) => `Antwortzeit, ${range}: Median ${median}, 95 von 100 innerhalb von ${p95} am Ende des Zeitraums`,
  asTable: (range) => `${range} als Tabelle`,
  from: 'Ab',
  median: 'Median',
  within95: '95 von 100 innerhalb',
  slowest: 'Langsamste',
  answers: 'Antworten',

  ninetyDays: 'Neunzig Tage',
  allDays: 'Alle Tage als Tabelle',
  stretches: 'Jeder Wechsel des Zustands',
  before: (day) => `vor ${day}`,
  moreThan: (length) => `über ${length}`,
  stretchState: 'Zustand',
  stretchStart: 'Von',
  stretchEnd: 'Bis',
  stretchLength: 'Dauer',
  lasts: 'jetzt',
  moreStretches: (count) => `Nicht gezeigt: ${plural(count, 'älterer Abschnitt', 'ältere Abschnitte')}.`,

  maintenance: maintenanceWords,
  history: historyWords,
  badges: badgeWords,
  feeds: feedWords,
  frame: frameWords,
  incidents: incidentWords,
  picture: pictureWords,
  api: apiWords,
  reports: enReports,
  sla: slaWords,
  severity: severityWords,
  releases: releasesWords,
  widget: widgetWords,
  embed: embedWords,
  subscribe: subscribeWords,

  notFoundTitle: 'Diese Seite gibt es nicht',
  notFound:
    'Vielleicht ist die Adresse falsch geschrieben, die Komponente wird nicht mehr überwacht, oder in diesem Monat wurde nichts gemessen.',
  toStatus: (name) => `Aktueller Status: ${name}`,
  settingUpTitle: 'Diese Statusseite wird eingerichtet.',
  settingUp: 'Es wurde noch nichts gemessen. In einer Minute gibt es hier mehr.',

  length: lengthOf,
  units: ', |d|h|min|s',
  openLength: (ms) => (ms < 60_000 ? '' : `, ${shortLengthOf(ms - (ms % 60_000))}`),
  shortLength: shortLengthOf,
  exactLength: lengthText,
};
