/** French words of what leaves the pages: feeds, calendars, badges, the picture for social networks. */
import { lengthText } from '#domain/time/length-text.ts';
import type { FeedTopic, MaintenanceEntry, ReleaseEntry } from '#monitor/views/feed-entries.ts';
import { glued } from '../../format.ts';
import type { feedWords as english } from '../en/feeds.ts';
import { all } from './grammar.ts';

type Refused = MaintenanceEntry['notCounted'][number]['reason'];

const TOPICS: Readonly<Record<FeedTopic, string>> = { incident: 'incidents', maintenance: 'maintenance', release: 'versions' };
const whatOf = (topic: FeedTopic | null): string => (topic === null ? 'incidents, maintenance et versions' : TOPICS[topic]);

const TOLD: Readonly<Record<FeedTopic, string>> = { incident: 'd’incidents', maintenance: 'de maintenance', release: 'de versions' };
const toldOf = (topic: FeedTopic | null): string => (topic === null ? 'd’incidents, de maintenance et de versions' : TOLD[topic]);

const notCounted: Readonly<Record<Refused, string>> = {
  late: 'l’annonce est postérieure à l’échéance',
  outside_reserve: 'ce temps est en dehors de la plage réservée',
  late_edit: 'l’annonce a été modifiée après l’échéance, et une telle modification ne peut que retirer du temps',
  cancelled: 'la maintenance a été annulée',
  completed: 'les travaux étaient déjà terminés',
  unapproved_import: 'l’annonce a été importée, et aucune seconde personne ne l’a approuvée',
};

const STEPS: Readonly<Record<MaintenanceEntry['step'], string>> = {
  announced: 'Maintenance annoncée',
  revised: 'Maintenance modifiée',
  cancelled: 'Maintenance annulée',
  completed: 'Maintenance terminée',
};
const RELEASED: Readonly<Record<ReleaseEntry['step'], (version: string) => string>> = {
  published: (version) => `Notes de la version ${version}`,
  revised: (version) => `Notes de la version ${version} modifiées`,
  deployed: (version) => `Version ${version} mise en production`,
  rolled_back: (version) => `Version ${version} retirée de la production`,
};

export const feedWords: typeof english = {
  title: (page, topic, component) =>
    component === null ? `${page}\u00a0: ${whatOf(topic)}` : `${page}\u00a0: ${whatOf(topic)} concernant ${component}`,
  about: (page, topic, component) =>
    component === null
      ? `Toutes les nouvelles ${toldOf(topic)} publiées par ${page}, les plus récentes d’abord.`
      : `Toutes les nouvelles ${toldOf(topic)} publiées par ${page} et concernant ${component}, les plus récentes d’abord.`,

  incidentTitle: (status, title) => `${status}\u00a0: ${title}`,
  maintenanceTitle: (step, title) => `${STEPS[step]}\u00a0: ${title}`,
  releaseTitle: (step, version, title) => (title === null ? RELEASED[step](version) : `${RELEASED[step](version)}\u00a0: ${title}`),

  concerns: (names) => (names === null ? 'Concerne tous les composants.' : `Concerne ${all(names)}.`),
  window: (window) => `Fenêtre\u00a0: ${window}.`,
  counted(excludedMs, announcedMs) {
    if (announcedMs > 0 && excludedMs === announcedMs)
      return glued(`Temps exclu de la disponibilité\u00a0: ${lengthText(excludedMs)}, la totalité.`);
    if (excludedMs === 0)
      return glued(`Rien n’est exclu de la disponibilité\u00a0: ${lengthText(announcedMs)} à compter comme tout autre temps.`);
    return glued(`Temps exclu de la disponibilité\u00a0: ${lengthText(excludedMs)} sur ${lengthText(announcedMs)}.`);
  },
  notCounted: (ms, reason) => glued(`Temps non exclu\u00a0: ${lengthText(ms)}, car ${notCounted[reason]}.`),
  changes: (changes) => `Ce qui change\u00a0: ${changes.join('\u202f; ')}.`,
  change: (version, title) => (title === null ? version : `${version}, ${title}`),

  maintenanceCalendar: (page) => `${page}\u00a0: maintenance`,
  maintenanceCalendarAbout: (page) => `Les maintenances annoncées par ${page}.`,
  reservedCalendar: (page) => `${page}\u00a0: plages réservées à la maintenance`,
  reservedCalendarAbout: (page) =>
    `Les plages que ${page} réserve à la maintenance et pour lesquelles rien n’est annoncé. Le service y reste disponible.`,
  category: 'Maintenance',
  eventTitle: (page, title) => `${page}\u00a0: ${title}`,
  reservedTitle: (page) => `${page}\u00a0: plage réservée à la maintenance, rien d’annoncé`,
  reservedFree: 'Cette plage est réservée à la maintenance. Rien n’y est annoncé\u00a0: le service reste disponible.',
  reservedTaken: 'Une maintenance est annoncée pour cette plage. Elle figure dans le calendrier des maintenances annoncées.',

  deployed: (at) => `Mise en production\u00a0: ${at}.`,
  rolledBack: (at) => `Retrait de la production\u00a0: ${at}.`,
  kind: { standard: 'Une version ordinaire.', hotfix: 'Un correctif.', emergency: 'Une version d’urgence.' },
};
