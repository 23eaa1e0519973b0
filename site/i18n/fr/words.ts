/** Every French sentence of the pages; reports are English in every language. */
import { lengthText } from '#domain/time/length-text.ts';
import { partsOf } from '../../format.ts';
import { enReports } from '../en/reports.ts';
import type { Words } from '../en/words.ts';
import { apiWords } from './api.ts';
import { badgeWords } from './badges.ts';
import { embedWords } from './embed.ts';
import { feedWords } from './feeds.ts';
import { frameWords } from './frame.ts';
import { are, capital, components, counted, from, fromTo, innerComponents, lengthOf, on, plural, shortLengthOf } from './grammar.ts';
import { historyWords } from './history.ts';
import { incidentWords } from './incidents.ts';
import { maintenanceWords } from './maintenance.ts';
import { pictureWords } from './picture.ts';
import { checkedWords } from './reasons.ts';
import { releasesWords } from './releases.ts';
import { severityWords } from './severity.ts';
import { slaWords } from './sla.ts';
import { subscribeWords } from './subscribe.ts';
import { widgetWords } from './widget.ts';

const states: Words['states'] = {
  operational: 'Opérationnel',
  degraded: 'Dégradé',
  partial_outage: 'Panne partielle',
  major_outage: 'Panne',
  maintenance: 'Maintenance',
  unknown: 'Inconnu',
};
const TODAY = 'Aujourd’hui';
const daysOf = (count: number): string => plural(count, 'jour');

export const fr: Words = {
  lang: 'fr',
  dir: 'ltr',
  skip: 'Aller aux composants',
  title: (name) => (/(^|\s)(status|statut|état)$/i.test(name) ? name : `${name}\u00a0: état du service`),

  headline(overall, investigating, measured, awaitsBeat = false) {
    const troubled = overall.headline === 'down' || overall.headline === 'all_down';
    if (!measured && awaitsBeat) return `En attente du premier signal de vie\u00a0: ${innerComponents(overall.unknown)}.`;
    if (!measured) return overall.unknown.length === 0 ? 'Rien n’est encore surveillé.' : 'Les premiers contrôles sont en cours.';
    if (!troubled && investigating.length > 0)
      return `Analyse en cours\u00a0: ${innerComponents(investigating)}. Le dernier contrôle a échoué.`;
    switch (overall.headline) {
      case 'all_down':
        return overall.down.length === 1
          ? `${components(overall.down)} est indisponible.`
          : 'Tous les composants essentiels sont indisponibles.';
      case 'down':
        return `${components(overall.down)} ${are(overall.down)} indisponible${overall.down.length === 1 ? '' : 's'}.`;
      case 'degraded':
        return `${components(overall.degraded)} ${overall.degraded.length === 1 ? 'fonctionne' : 'fonctionnent'} en mode dégradé.`;
      case 'maintenance':
        return `${components(overall.maintenance)} ${are(overall.maintenance)} en maintenance.`;
      case 'partly_unknown':
        return `Aucune perturbation constatée, mais l’état reste inconnu pour ${innerComponents(overall.unknown)}.`;
      case 'unknown':
        return 'L’état est inconnu\u00a0: rien n’a été mesuré récemment.';
      case 'operational':
        return 'Tous les systèmes sont opérationnels.';
    }
  },
  alsoUnknown: (names) => `L’état est inconnu pour ${innerComponents(names)}.`,
  lastChecked: 'Dernier contrôle\u00a0:',
  neverChecked: 'Aucun contrôle pour l’instant.',
  neverBeat: 'Aucun signal de vie reçu pour l’instant.',
  timesIn: (zone, id) => (zone === id ? `Horaires en ${zone}.` : `Horaires en ${zone} (${id}).`),
  stale: (at) => `Données connues ${on(at)}\u00a0: Avow ne peut pas atteindre sa base. Ce qui suit peut être dépassé.`,
  watchesItself: 'Avow se surveille lui-même. Pour surveiller votre propre service, décrivez-le dans',
  watchesItselfThen: 'puis redémarrez Avow ou envoyez-lui SIGHUP\u202f; le dossier docs contient un exemple commenté.',

  states,
  stateOf: (state, investigating, measured) =>
    investigating ? 'Analyse en cours' : state === 'unknown' && !measured ? 'Pas encore mesuré' : states[state],
  cause: ({ reason, httpStatus }) => {
    if (reason === 'paused') return 'non mesuré\u00a0: suspendu';
    return reason === 'awaits_beat' ? 'attend son premier signal de vie' : checkedWords(reason, httpStatus);
  },
  since: (at) => `depuis ${from(at)}`,
  sinceLong: (days) => `depuis plus de ${daysOf(days)}`,

  now: 'Ce qui se passe en ce moment',
  components: 'Composants',
  otherComponents: 'Autres composants',
  barsNote: (start) => `Une barre par jour, du ${start} à aujourd’hui. Une rangée de barres s’ouvre pour détailler ses jours.`,
  barsLabel: (name, days) => `${name}, ${days} derniers jours`,
  barsSummary(down, degraded, unknown, measuredDays) {
    if (measuredDays === 0) return 'rien de mesuré pour l’instant';
    const parts = [
      down > 0 ? `pannes sur ${daysOf(down)}` : 'aucune panne',
      ...(degraded > 0 ? [`mode dégradé sur ${daysOf(degraded)}`] : []),
      ...(unknown > 0 ? [`mesures incomplètes sur ${daysOf(unknown)}`] : []),
    ];
    return `${parts.join(', ')}\u202f; ${plural(measuredDays, 'jour mesuré', 'jours mesurés')}`;
  },
  dayTitle: (day, parts) => `${capital(day)}\u00a0: ${parts.join(', ')}`,
  partDown: (length) => `${length} d’indisponibilité`,
  partDegraded: (length) => `${length} en mode dégradé`,
  partMaintenance: (length) => `${length} de maintenance`,
  partUnknown: (length) => `${length} sans mesure`,
  noTroubleDays: (days) =>
    days === 0 ? 'Rien n’a encore été mesuré.' : `Aucune perturbation sur ${plural(days, 'jour mesuré', 'jours mesurés')}.`,
  otherDays: (days) => (days === 0 ? '' : `Aucune perturbation sur ${plural(days, 'autre jour mesuré', 'autres jours mesurés')}.`),
  olderDays: (days) => `${plural(days, 'jour plus ancien', 'jours plus anciens')} avec perturbation sur la page du composant.`,
  tableDay: 'Jour',
  tableDown: 'Indisponible',
  tableDegraded: 'Dégradé',
  tableMaintenance: 'Maintenance',
  tableUnknown: 'Non mesuré',
  none: '–',

  unmeasured: 'Ce que nous n’avons pas mesuré',
  notMeasured: (what, start, end) =>
    what === null ? `Nous n’avons rien mesuré ${fromTo(start, end)}.` : `Nous n’avons pas mesuré ${what} ${fromTo(start, end)}.`,
  notMeasuredSince: (what, start) =>
    what === null ? `Nous ne mesurons plus rien depuis ${from(start)}.` : `Nous ne mesurons plus ${what} depuis ${from(start)}.`,
  moreGaps: (count) => `${plural(count, 'autre interruption', 'autres interruptions')} de mesure au cours des dernières 24 heures.`,

  past: 'Les 14 derniers jours',
  moreIncidents: (count) => `${plural(count, 'autre incident', 'autres incidents')} ce jour-là.`,
  noIncidents: 'Aucun incident.',
  notYetMeasured: 'Non mesuré.',
  range: (start, end) => (end === TODAY.toLowerCase() ? `Du ${start} à ${end}` : capital(fromTo(start, end))),
  today: TODAY,
  incidentStatus: {
    investigating: 'Analyse en cours',
    identified: 'Cause identifiée',
    monitoring: 'Sous surveillance',
    resolved: 'Résolu',
    postmortem: 'Retour d’expérience',
  },
  openSince: (at) => `Depuis ${from(at)}`,
  openAbove: (count) =>
    count === 1
      ? 'Un incident est encore en cours\u202f; il est décrit plus haut.'
      : `${counted(count)} incidents sont encore en cours\u202f; ils sont décrits plus haut.`,
  lasted: (start, end, length) => `${capital(fromTo(start, end))}, ${length}.`,

  support: 'Assistance',
  machine: 'L’état en JSON',
  measuredBy: 'Mesuré et publié par Avow.',

  kinds: {
    http: 'Une requête HTTP',
    tcp: 'Une connexion TCP',
    tls: 'Une négociation TLS',
    dns: 'Une requête DNS',
    heartbeat: 'Un signal de vie envoyé par la tâche',
    self: 'Avow s’interroge lui-même',
    store: 'Avow interroge sa propre base',
  },
  /** "toutes les 30 secondes", "tous les jours". */
  every(ms) {
    const { days, hours, minutes, seconds } = partsOf(ms);
    if (days + hours + minutes + seconds === 1)
      return days ? 'tous les jours' : hours ? 'toutes les heures' : minutes ? 'toutes les minutes' : 'toutes les secondes';
    return `${days > 0 ? 'tous' : 'toutes'} les ${lengthOf(ms)}`;
  },
  checkedEvery: (kind, every, locations) =>
    locations.length <= 1
      ? `${kind}, ${every}${locations[0] ? `, depuis ${locations[0]}` : ''}.`
      : `${kind}, ${every}, depuis ${plural(locations.length, 'point de mesure', 'points de mesure')}\u00a0: ${locations.join(', ')}.`,
  confirmedBy(count, quorum, locations) {
    const seen =
      locations > 1 ? `, à condition d’être constaté depuis au moins ${plural(quorum, 'point de mesure', 'points de mesure')}` : '';
    if (count === 1) return `Un échec constitue une panne${seen}\u202f; elle est datée de cet échec.`;
    return `${counted(count)} échecs consécutifs constituent une panne${seen.replace('constaté', 'constatés')}\u202f; elle est datée du premier d’entre eux.`;
  },
  sentinelsOff:
    'Aucune sentinelle n’est configurée\u00a0: une panne du réseau dans lequel fonctionne Avow ne peut pas être distinguée d’une panne de ce composant.',
  lastCheck: 'Le dernier contrôle',
  lastCheckAt: (location) => `Depuis ${location}`,
  neverYet: 'Aucun contrôle n’est encore terminé.',
  outcome: {
    ok: 'Réponse conforme',
    slow: 'Réponse conforme, mais lente',
    fail: 'Échec',
    error: 'Contrôle impossible',
  },
  phases: {
    dns: 'Résoudre le nom',
    connect: 'Se connecter',
    tls: 'Négocier le chiffrement',
    ttfb: 'Attendre le premier octet',
    transfer: 'Recevoir le reste',
  },
  phase: 'Étape',
  took: 'Durée',
  together: 'Le contrôle entier',
  phasesLabel: 'À quoi a servi le temps du dernier contrôle',
  status: (code) => `Code HTTP ${code}`,
  certificate: (day, days) =>
    days < 0 ? `Le certificat a expiré le ${day}.` : `Le certificat est valable jusqu’au ${day}, soit encore ${daysOf(days)}.`,

  latency: 'Temps de réponse',
  latencyNote: (location) =>
    `Réponses conformes seulement, mesurées depuis ${location}. La ligne est la médiane\u202f; une réponse sur vingt a pris plus de temps que la bande.`,
  noLatency: 'Aucune réponse n’a encore été chronométrée.',
  ranges: { '24h': '24 heures', '7d': '7 jours', '30d': '30 jours', '90d': '90 jours' },
  rangeChoice: 'Période',
  plotLabel: (range, median, p95) =>
    `Temps de réponse sur ${range}\u00a0: médiane ${median}, 95 sur 100 en moins de ${p95} à la fin de la période`,
  asTable: (range) => `${range} sous forme de tableau`,
  from: 'Début',
  median: 'Médiane',
  within95: '95 sur 100 en moins de',
  slowest: 'La plus lente',
  answers: 'Réponses',

  ninetyDays: 'Quatre-vingt-dix jours',
  allDays: 'Tous les jours sous forme de tableau',
  stretches: 'Tous les changements d’état',
  before: (day) => `avant le ${day}`,
  moreThan: (length) => `plus de ${length}`,
  stretchState: 'État',
  stretchStart: 'Début',
  stretchEnd: 'Fin',
  stretchLength: 'Durée',
  lasts: 'maintenant',
  moreStretches: (count) => `${plural(count, 'période plus ancienne non affichée', 'périodes plus anciennes non affichées')}.`,

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

  notFoundTitle: 'Cette page n’existe pas',
  notFound: 'L’adresse est peut-être mal saisie, le composant n’est plus surveillé, ou rien n’a été mesuré ce mois-là.',
  toStatus: (name) => `État actuel\u00a0: ${name}`,
  settingUpTitle: 'Cette page d’état est en cours de mise en place.',
  settingUp: 'Rien n’a encore été mesuré. Revenez dans une minute.',

  length: lengthOf,
  units: ', |j|h|min|s',
  openLength: (ms) => (ms < 60_000 ? '' : `, ${shortLengthOf(ms - (ms % 60_000))}`),
  shortLength: shortLengthOf,
  exactLength: lengthText,
};
