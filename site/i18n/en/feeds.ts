/** English words of what leaves the pages: feeds, calendars, badges, the picture for social networks. */

import { lengthText } from '#domain/time/length-text.ts';
import type { FeedTopic, MaintenanceEntry, ReleaseEntry } from '#monitor/views/feed-entries.ts';
import { glued } from '../../format.ts';

type Reason = MaintenanceEntry['notCounted'][number]['reason'];

const all = (names: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(names).replace(/, and /, ' and ');

const whatOf = (topic: FeedTopic | null): string =>
  topic === null
    ? 'incidents, maintenance and releases'
    : { incident: 'incidents', maintenance: 'maintenance', release: 'releases' }[topic];

const notCounted: Readonly<Record<Reason, string>> = {
  late: 'it was announced after the deadline',
  outside_reserve: 'it lies outside the reserved window',
  late_edit: 'it was changed after the deadline, and such a change can only take time away',
  cancelled: 'it was cancelled',
  completed: 'the work was over before',
  unapproved_import: 'it was imported, and no second person has approved it',
};

export const feedWords = {
  title: (page: string, topic: FeedTopic | null, component: string | null) =>
    component === null ? `${page}: ${whatOf(topic)}` : `${page}: ${whatOf(topic)} concerning ${component}`,
  about: (page: string, topic: FeedTopic | null, component: string | null) =>
    component === null
      ? `Every update about ${whatOf(topic)} of ${page}, the newest first.`
      : `Every update about ${whatOf(topic)} of ${page} that concerns ${component}, the newest first.`,

  incidentTitle: (status: string, title: string) => `${status}: ${title}`,
  maintenanceTitle: (step: MaintenanceEntry['step'], title: string) =>
    `${{ announced: 'Maintenance announced', revised: 'Maintenance changed', cancelled: 'Maintenance cancelled', completed: 'Maintenance completed' }[step]}: ${title}`,
  releaseTitle: (step: ReleaseEntry['step'], version: string, title: string | null) =>
    `${{ published: `Release notes of ${version}`, revised: `Release notes of ${version} changed`, deployed: `${version} is in production`, rolled_back: `${version} was taken back` }[step]}${title === null ? '' : `: ${title}`}`,

  concerns: (names: readonly string[] | null) => (names === null ? 'Concerns all components.' : `Concerns ${all(names)}.`),
  window: (window: string) => `Window: ${window}.`,
  counted(excludedMs: number, announcedMs: number): string {
    if (announcedMs > 0 && excludedMs === announcedMs) return glued(`Excluded from availability: ${lengthText(excludedMs)}, all of it.`);
    if (excludedMs === 0) return glued(`Not excluded from availability: the ${lengthText(announcedMs)} count as any other time.`);
    return glued(`Excluded from availability: ${lengthText(excludedMs)} of ${lengthText(announcedMs)}.`);
  },
  notCounted: (ms: number, reason: Reason) => glued(`Not excluded: ${lengthText(ms)}, because ${notCounted[reason]}.`),
  changes: (changes: readonly string[]) => `What changes: ${changes.join('; ')}.`,
  change: (version: string, title: string | null) => (title === null ? version : `${version}, ${title}`),

  maintenanceCalendar: (page: string) => `${page}: maintenance`,
  maintenanceCalendarAbout: (page: string) => `Announced maintenance of ${page}.`,
  reservedCalendar: (page: string) => `${page}: reserved for maintenance`,
  reservedCalendarAbout: (page: string) =>
    `Windows that ${page} has reserved for maintenance and for which nothing is announced. The service stays up in them.`,
  category: 'Maintenance',
  eventTitle: (page: string, title: string) => `${page}: ${title}`,
  reservedTitle: (page: string) => `${page}: reserved for maintenance, nothing announced`,
  reservedFree: 'This window is reserved for maintenance. Nothing is announced for it, so the service stays up.',
  reservedTaken: 'Maintenance is announced for this window. It stands in the calendar of announced maintenance.',

  deployed: (at: string) => `Deployed to production at ${at}.`,
  rolledBack: (at: string) => `Taken back from production at ${at}.`,
  kind: { standard: 'A standard release.', hotfix: 'A hotfix.', emergency: 'An emergency release.' } satisfies Record<
    ReleaseEntry['kind'],
    string
  >,
};
