/** German words of what leaves the pages: feeds, calendars, badges, the picture for social networks. */
import { lengthText } from '#domain/time/length-text.ts';
import type { FeedTopic, MaintenanceEntry, ReleaseEntry } from '#monitor/views/feed-entries.ts';
import { glued } from '../../format.ts';
import type { feedWords as enFeeds } from '../en/feeds.ts';
import { all } from './grammar.ts';

type Reason = MaintenanceEntry['notCounted'][number]['reason'];

const topics: Readonly<Record<FeedTopic, string>> = { incident: 'Vorfälle', maintenance: 'Wartung', release: 'Versionen' };
const whatOf = (topic: FeedTopic | null): string => (topic === null ? 'Vorfälle, Wartung und Versionen' : topics[topic]);
const abouts: Readonly<Record<FeedTopic, string>> = { incident: 'zu Vorfällen', maintenance: 'zu Wartung', release: 'zu Versionen' };
const aboutOf = (topic: FeedTopic | null): string => (topic === null ? 'zu Vorfällen, Wartung und Versionen' : abouts[topic]);

const steps: Readonly<Record<MaintenanceEntry['step'], string>> = {
  announced: 'Wartung angekündigt',
  revised: 'Wartung geändert',
  cancelled: 'Wartung abgesagt',
  completed: 'Wartung abgeschlossen',
};
const releaseSteps: Readonly<Record<ReleaseEntry['step'], (version: string) => string>> = {
  published: (version) => `Versionshinweise zu ${version}`,
  revised: (version) => `Versionshinweise zu ${version} geändert`,
  deployed: (version) => `${version} ist in Produktion`,
  rolled_back: (version) => `${version} wurde zurückgenommen`,
};

const notCounted: Readonly<Record<Reason, string>> = {
  late: 'Angekündigt wurde nach der Frist.',
  outside_reserve: 'Diese Zeit liegt außerhalb des reservierten Fensters.',
  late_edit: 'Geändert wurde nach der Frist, und eine solche Änderung kann nur Zeit wegnehmen.',
  cancelled: 'Die Wartung wurde abgesagt.',
  completed: 'Die Arbeit war vorher beendet.',
  unapproved_import: 'Die Ankündigung wurde importiert, und keine zweite Person hat sie bestätigt.',
};

export const feedWords: typeof enFeeds = {
  title: (page, topic, component) => (component === null ? `${page}: ${whatOf(topic)}` : `${page}: ${whatOf(topic)}, nur ${component}`),
  about: (page, topic, component) =>
    component === null
      ? `${page}: jede Meldung ${aboutOf(topic)}, die neueste zuerst.`
      : `${page}: jede Meldung ${aboutOf(topic)}, die ${component} betrifft, die neueste zuerst.`,

  incidentTitle: (status, title) => `${status}: ${title}`,
  maintenanceTitle: (step, title) => `${steps[step]}: ${title}`,
  releaseTitle: (step, version, title) => (title === null ? releaseSteps[step](version) : `${releaseSteps[step](version)}: ${title}`),

  concerns: (names) => (names === null ? 'Betrifft alle Komponenten.' : `Betrifft ${all(names)}.`),
  window: (window) => `Zeitfenster: ${window}.`,
  counted(excludedMs, announcedMs) {
    if (announcedMs > 0 && excludedMs === announcedMs)
      return glued(`Aus der Verfügbarkeit ausgenommen: ${lengthText(excludedMs)}, die ganze Zeit.`);
    if (excludedMs === 0)
      return glued(`Nicht aus der Verfügbarkeit ausgenommen: ${lengthText(announcedMs)}. Diese Zeit zählt wie jede andere.`);
    return glued(`Aus der Verfügbarkeit ausgenommen: ${lengthText(excludedMs)} von ${lengthText(announcedMs)}.`);
  },
  notCounted: (ms, reason) => glued(`Nicht ausgenommen: ${lengthText(ms)}. ${notCounted[reason]}`),
  changes: (changes) => `Was sich ändert: ${changes.join('; ')}.`,
  change: (version, title) => (title === null ? version : `${version}, ${title}`),

  maintenanceCalendar: (page) => `${page}: Wartung`,
  maintenanceCalendarAbout: (page) => `${page}: angekündigte Wartung.`,
  reservedCalendar: (page) => `${page}: für Wartung reserviert`,
  reservedCalendarAbout: (page) =>
    `${page}: Fenster, die für Wartung reserviert sind und für die nichts angekündigt ist. Der Dienst bleibt darin in Betrieb.`,
  category: 'Wartung',
  eventTitle: (page, title) => `${page}: ${title}`,
  reservedTitle: (page) => `${page}: für Wartung reserviert, nichts angekündigt`,
  reservedFree: 'Dieses Fenster ist für Wartung reserviert. Dafür ist nichts angekündigt, also bleibt der Dienst in Betrieb.',
  reservedTaken: 'Für dieses Fenster ist Wartung angekündigt. Sie steht im Kalender der angekündigten Wartung.',

  deployed: (at) => `In Produktion genommen: ${at}.`,
  rolledBack: (at) => `Aus der Produktion zurückgenommen: ${at}.`,
  kind: { standard: 'Eine reguläre Version.', hotfix: 'Ein Hotfix.', emergency: 'Eine Notfallversion.' },
};
