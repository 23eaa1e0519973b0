/** French sentences about maintenance: what runs, what is announced and reserved, what became of it. Times come formatted, lengths in ms. */
import type { MaintenanceState } from '#domain/maintenance/account.ts';
import { lengthText } from '#domain/time/length-text.ts';
import type { maintenanceWords as english } from '../en/maintenance.ts';
import { capital, from, fromTo, lengthOf, lengthOrNone, on, shortLengthOf, windows } from './grammar.ts';
import { refusedWords, weekdayWord } from './reasons.ts';

const states: Readonly<Record<MaintenanceState, string>> = {
  upcoming: 'Annoncée',
  running: 'En cours',
  past: 'Passée',
  completed: 'Terminée',
  cancelled: 'Annulée',
};

/** "Annoncée le mardi 24 novembre à 09:00 : exclue de la disponibilité, 2 h 30 min." */
const account: typeof english.account = ({ state, announcedMs, excludedMs, refused, imported }, announced) => {
  const said = `${imported ? 'Déclarée comme annoncée' : 'Annoncée'} ${on(announced)}`;
  const endedBefore = state === 'cancelled' && refused.every(({ reason }) => reason === 'cancelled');
  if (excludedMs === 0 && endedBefore) return `${said}, et annulée avant son début\u00a0: rien n’est exclu.`;
  if (excludedMs === 0) return `${said}\u00a0: non programmée, compte comme tout autre temps.`;
  if (excludedMs === announcedMs) return `${said}\u00a0: exclue de la disponibilité, ${lengthOrNone(excludedMs)}.`;
  return `${said}\u00a0: exclue de la disponibilité, ${lengthOrNone(excludedMs)} sur ${lengthOrNone(announcedMs)}.`;
};

/** "Mise en production le samedi 28 novembre à 10:20, dans une fenêtre annoncée." */
const releasedSentence: typeof english.releasedSentence = ({ kind, place }, at) =>
  kind === 'rollback'
    ? `Retirée de la production ${on(at)}.`
    : `Mise en production ${on(at)}, ${place === 'outside_window' ? 'en dehors d’une fenêtre annoncée' : 'dans une fenêtre annoncée'}.`;

const orNone = (ms: number): string => (ms === 0 ? 'aucun' : lengthOrNone(ms));

export const maintenanceWords: typeof english = {
  title: (page) => `Maintenance · ${page}`,
  headline(running, next, ahead) {
    if (running.length === 1) return `Maintenance en cours\u00a0: ${running[0]}.`;
    if (running.length > 1) return `${windows(running)} sont en cours.`;
    if (next !== null) return `La prochaine maintenance est annoncée pour le ${next}.`;
    return ahead ? 'Aucune maintenance n’est annoncée\u202f; le service reste disponible.' : 'Aucune maintenance n’est annoncée.';
  },
  rule: ({ weekday, start, durationMin }, zone) =>
    `Chaque ${weekdayWord(weekday)}, une plage de ${lengthOf(durationMin * 60_000)} est réservée à partir de ${start} (${zone}). Seul ce qui est annoncé dans cette plage, avant son début, est exclu du chiffre de disponibilité.`,
  state: (state) => states[state],

  now: 'En ce moment',
  progress: ({ passedMs, wholeMs, leftMs }) =>
    passedMs < 1_000
      ? `La fenêtre vient de commencer\u202f; il reste ${lengthOrNone(leftMs)}.`
      : `Temps écoulé\u00a0: ${lengthOf(passedMs)} sur ${lengthOrNone(wholeMs)}\u202f; il reste ${lengthOrNone(leftMs)}.`,
  progressLabel: (title) => `Part écoulée de la fenêtre\u00a0: ${title}`,

  ahead: 'Annoncé et réservé',
  nothingAhead: 'Rien n’est réservé, et rien n’est annoncé.',
  reservedNothing: (start, end) => `Plage réservée ${fromTo(start, end)}. Rien n’est annoncé\u202f; le service reste disponible.`,
  outside: 'En dehors de la plage réservée.',

  past: 'Ce que sont devenues les plages passées',
  pastCaption: 'Pour chaque plage réservée\u00a0: le temps annoncé, la part exclue de la disponibilité, et la part utilisée.',
  nothingPast: 'Aucune plage réservée n’est passée depuis qu’Avow surveille.',
  older: (month) => `Les fenêtres antérieures à ${month} figurent mois par mois dans l’historique.`,
  window: 'Plage',
  reservedMs: 'Réservé',
  announcedMs: 'Annoncé',
  excludedMs: 'Exclu',
  usedMs: 'Utilisé',
  length: (ms) => (ms === 0 ? '–' : shortLengthOf(ms)),
  use: ({ reservedMs, announcedMs, excludedMs, usedMs }) =>
    `Plage réservée\u00a0: ${lengthOf(reservedMs)}. Temps annoncé\u00a0: ${orNone(announcedMs)}\u202f; exclu\u00a0: ${orNone(excludedMs)}\u202f; utilisé\u00a0: ${orNone(usedMs)}.`,
  elsewhere: (ms) => `Compté malgré tout dans le chiffre du service\u00a0: ${lengthOrNone(ms)}. ${refusedWords('down_elsewhere')}`,
  usedNote: 'Le temps utilisé est le temps exclu pendant lequel un composant était indisponible ou rien n’était mesuré.',

  affects: 'Concerne',
  all: 'tous les composants',
  account,
  refused: (reason, ms) => `Non exclu\u00a0: ${lengthOrNone(ms)}. ${refusedWords(reason)}`,
  reason: refusedWords,
  endedAt: (state, at) => (state === 'cancelled' ? `Annulée ${on(at)}.` : `Terminée ${on(at)}.`),
  notDeciding: 'Aucun composant déterminant n’est couvert\u00a0: le chiffre du service n’en dépend pas.',
  imported: (approved) =>
    approved === null
      ? 'Enregistrée après coup. Aucune seconde personne ne l’a approuvée\u00a0: elle n’exclut rien.'
      : `Enregistrée après coup, et approuvée par une seconde personne ${on(approved)}.`,

  changes: 'Ce qui change',
  release: (version, title) => (title === null ? version : `${version}\u00a0: ${title}`),
  notes: (at) => (at === null ? 'Les notes ne sont pas publiées.' : `Notes publiées ${on(at)}.`),
  releasedSentence,

  announcementTitle: (title, page) => `${title} · Maintenance · ${page}`,
  text: 'Annonce',
  noText: 'Rien de plus n’a été dit.',
  counts: 'Ce qui compte',
  countsCaption: (zone) => `La part exclue de la disponibilité\u202f; horaires en ${zone}`,
  part: 'Début – fin',
  partLength: 'Durée',
  partSays: 'Disponibilité',
  partExcluded: 'Exclu.',
  partCounts: (reason) => `Compté. ${refusedWords(reason)}`,
  whole: (excludedMs, announcedMs) =>
    excludedMs === announcedMs && announcedMs > 0
      ? `Tout ce temps est exclu de la disponibilité\u00a0: ${lengthText(announcedMs)}.`
      : `Temps exclu de la disponibilité\u00a0: ${excludedMs === 0 ? 'aucun' : lengthText(excludedMs)}, sur ${lengthText(announcedMs)} d’annonce. Le reste compte comme tout autre temps.`,
  slot: (start, end, deadline) =>
    `La plage réservée va ${fromTo(start, end)}. Une annonce la concernant compte si elle était publique au plus tard ${on(deadline)}.`,
  inFigure: (month) => `Ce qui a été exclu du chiffre, ${month}`,
  revisions: 'Toutes les révisions',
  revision: (rev) => `Révision ${rev}`,
  publicAt: (at) => `Déclarée publique ${on(at)}.`,
  changedTime: (what, before, after) =>
    what === 'start' ? `Nouveau début\u00a0: ${after} au lieu de ${before}.` : `Nouvelle fin\u00a0: ${after} au lieu de ${before}.`,
  changedTitle: (before, after) => `Intitulée «\u00a0${after}\u00a0» au lieu de «\u00a0${before}\u00a0».`,
  changedBody: 'Texte modifié.',
  fromTo: (start, end) => `${capital(fromTo(start, end))}.`,
  before: 'Avant',
  after: 'Après',
  toAll: 'Toutes les maintenances',

  next: (day) => `Prochaine date\u00a0: ${day}`,
  staysUp: 'Rien n’est annoncé\u202f; le service reste disponible.',
  later: 'Annoncé ensuite\u00a0:',
  whatChanges: 'Ce qui change\u00a0:',
  changesHeading: 'Changements',
  lastReleased: 'Dernières versions',
  nextReleased: 'À venir',
  releasedAt: (at) => `en production depuis ${from(at)}`,
  withWindow: (at) => `prévue pour le ${at}`,
  withoutWindow: 'pas encore de fenêtre',
  allReleases: 'Toutes les versions',
};
