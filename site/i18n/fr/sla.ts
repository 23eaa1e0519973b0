/** French sentences about the promise, the figures of months and the slices behind them. */
import { ppmWords } from '#domain/report/value-words.ts';
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import type { MonthBudget, Standing } from '#monitor/views/month-figure.ts';
import type { TermsView } from '#monitor/views/sla-view.ts';
import { figureText } from '../../format.ts';
import type { slaWords as english } from '../en/sla.ts';
import { any, capital, counted, from, fromTo, lengthOf, lengthOrNone, ofMonth, on, plural, shortLengthOf, small } from './grammar.ts';
import { refusedWords, unknownWords, weekdayWord } from './reasons.ts';

const percent = (figure: string): string => `${figureText('fr', figure)}\u00a0%`;
const target = (ppm: number): string => figureText('fr', ppmWords(ppm)).replace(' ', '\u00a0');

const UNKNOWN: Readonly<Record<UnknownPolicy, string>> = {
  exclude:
    'Le temps sans preuve ne compte ni comme disponible ni comme indisponible. Le chiffre se situe alors entre deux bornes, l’une si tout ce temps était indisponible, l’autre s’il était disponible\u202f; l’engagement n’est tenu que si même la borne basse le respecte.',
  down: 'Le temps sans preuve compte comme indisponible. Le chiffre obtenu si tout ce temps avait été disponible est indiqué à côté.',
  up: 'Le temps sans preuve compte comme disponible. Le chiffre obtenu si tout ce temps avait été indisponible est indiqué à côté.',
};
const soFar: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `L’engagement de ${promise} est tenu à ce jour.`,
  below: (promise) => `C’est en dessous de l’engagement de ${promise}\u202f; le reste du mois peut encore le rattraper.`,
  missed: (promise) => `L’engagement de ${promise} est rompu\u00a0: le reste du mois ne peut plus le rattraper.`,
  indeterminate: (promise) => `Trop peu de temps a été mesuré pour dire si l’engagement de ${promise} est tenu à ce jour.`,
  not_applicable: () => 'Il n’y a encore rien à juger.',
};
const over: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `L’engagement de ${promise} a été tenu.`,
  below: (promise) => `L’engagement de ${promise} n’a pas été tenu.`,
  missed: (promise) => `L’engagement de ${promise} n’a pas été tenu.`,
  indeterminate: (promise) =>
    `Il n’est pas établi que l’engagement de ${promise} ait été tenu\u00a0: le temps non mesuré pourrait faire pencher la balance d’un côté ou de l’autre.`,
  not_applicable: () => 'Il ne restait rien à juger.',
};
const standings: Readonly<Record<Standing, string>> = {
  met: 'Tenu',
  below: 'En dessous',
  missed: 'Non tenu',
  indeterminate: 'Indéterminé',
  not_applicable: 'Rien à juger',
};

const budgetSoFar = ({ wholeMs, usedMs, leftMs, weekday, slotMs, slotAhead }: MonthBudget, month: string): string => {
  if (leftMs < 0) return `${lengthOrNone(usedMs)} d’indisponibilité, soit ${lengthOrNone(-leftMs)} de plus que le total admis en ${month}.`;
  const left =
    leftMs === 0
      ? `Il ne reste aucune indisponibilité admise en ${month}`
      : `Il reste ${lengthOrNone(leftMs)} d’indisponibilité sur le total de ${lengthOrNone(wholeMs)} admis en ${month}`;
  return slotAhead && leftMs < slotMs
    ? `${left}\u202f; une seule plage du ${weekdayWord(weekday)} entière et non annoncée romprait l’engagement.`
    : `${left}.`;
};
const budgetOver = ({ wholeMs, usedMs, leftMs }: MonthBudget): string => {
  if (usedMs === 0) return `Aucune indisponibilité, sur le total de ${lengthOrNone(wholeMs)} que l’engagement admet.`;
  if (leftMs < 0)
    return `${lengthOrNone(usedMs)} d’indisponibilité, soit ${lengthOrNone(-leftMs)} de plus que le total de ${lengthOrNone(wholeMs)} que l’engagement admet.`;
  return `${lengthOrNone(usedMs)} d’indisponibilité, sur le total de ${lengthOrNone(wholeMs)} que l’engagement admet.`;
};

/** "Deux échecs consécutifs constituent une panne"; where components differ, from the least to the most. */
const confirmed = ([least, most]: readonly [number, number]): string => {
  if (most === 1)
    return 'Un contrôle en échec constitue une panne\u202f; elle est datée de ce contrôle et prend fin au premier contrôle réussi.';
  const many =
    least === most ? `${counted(least)} contrôles` : `De ${counted(least).toLowerCase()} à ${counted(most).toLowerCase()} contrôles`;
  const which = least === most ? '' : ', comme l’indique la page de chaque composant';
  return `${many} consécutifs en échec constituent une panne${which}\u202f; elle est datée du premier d’entre eux et prend fin au premier contrôle réussi. Un nombre inférieur, suivi d’un contrôle réussi, est trop bref pour compter\u202f; il est indiqué malgré tout.`;
};
const decides = ({ names, others }: TermsView['critical']): string => {
  if (names.length === 0) return 'Rien de ce qui compte n’est encore surveillé.';
  const named = [...names, ...(others > 0 ? [plural(others, 'autre composant', 'autres composants')] : [])];
  return `Le service est indisponible tant que l’un de ces composants l’est\u00a0: ${any(named)}. Les pannes simultanées comptent une seule fois\u202f; les autres composants ne comptent jamais.`;
};

export const slaWords: typeof english = {
  nav: 'Engagement et chiffres',
  percent,
  target,
  noFigure: 'aucun chiffre',
  promise: (ppm) => `Nous nous engageons sur ${target(ppm)} de disponibilité, hors maintenance annoncée.`,
  title: (page) => `Ce qui est promis, et ce qui a été tenu · ${page}`,

  thisMonth: (month, current) => (current ? `${capital(month)}, à ce jour` : capital(month)),
  asOf: (at) => `État connu ${on(at)}\u202f; rien de plus récent n’est connu.`,
  ofMeasured: ({ knownMs }) => ` sur ${lengthOf(knownMs)} de mesure.`,
  ofMeasuredAlone: ({ knownMs }) => `Sur ${lengthOf(knownMs)} de mesure.`,
  noFigureYet: (running) =>
    running ? 'Il n’y a pas encore de chiffre\u00a0: rien n’a été mesuré.' : 'Il n’y a pas de chiffre\u00a0: rien n’a été mesuré.',
  inMonth: (month) => `en ${month}`,
  verdict: ({ standing, targetPpm, running }, current) => (running && current ? soFar : over)[standing](target(targetPpm)),
  verdictAsOf: (ppm) => `L’engagement est de ${target(ppm)}.`,
  standing: (standing) => standings[standing],
  bounds: (unknownMs) => `Non mesuré\u00a0: ${lengthOrNone(unknownMs)}. Si tout ce temps était indisponible, le chiffre serait de `,
  boundsMiddle: '\u202f; s’il était disponible, de ',
  between: (lower, upper) => `${figureText('fr', lower)} à ${figureText('fr', upper)}`,
  budget: ({ budget, running }, month) => (running ? budgetSoFar(budget, month) : budgetOver(budget)),
  explain: 'Expliquer ce chiffre',
  rowNote: (month) => `Le chiffre à droite est celui ${ofMonth(month)} à ce jour et mène à ce qui le fonde.`,
  thisMonthShort: 'ce mois-ci',
  belowPromise: 'sous l’objectif',

  months: 'Les douze derniers mois',
  componentMonths: 'Mois par mois',
  monthsCaption: 'Mois par mois\u202f; chaque chiffre mène à ce qui le fonde',
  month: 'Mois',
  figure: 'Chiffre',
  verdictColumn: 'Engagement',
  downtime: 'Indisponibilité',
  budgetUsed: 'Admis',
  used: ({ wholeMs }) => (wholeMs === 0 ? '–' : shortLengthOf(wholeMs)),
  running: 'à ce jour',
  notWatchedBefore: (month) => `Avant ${month}, rien n’était surveillé.`,
  notWatched: 'Avow ne surveillait pas encore.',

  terms: 'Les conditions',
  termNames: {
    promise: 'Engagement',
    maintenance: 'Maintenance',
    notice: 'Préavis',
    down: 'Indisponible',
    outage: 'Panne',
    unknown: 'Non mesuré',
    figures: 'Chiffres',
    changes: 'Modifications',
  },
  promiseTerm: ({ targetPpm, thirtyDaysBudgetMs }, zone) =>
    `Hors maintenance annoncée, le service est disponible ${target(targetPpm)} du temps, chaque mois civil (${zone}). Trente jours sans maintenance admettent ${lengthOrNone(thirtyDaysBudgetMs)} d’indisponibilité.`,
  reserveTerm: ({ weekday, start, durationMin }, zone) =>
    `Chaque ${weekdayWord(weekday)}, une plage de ${lengthOf(durationMin * 60_000)} est réservée à partir de ${start} (${zone}). Ce qui y est annoncé n’entre pas dans le chiffre\u202f; le reste compte comme tout autre temps.`,
  nextSlot: 'Prochaine plage\u00a0:',
  slotBreaks: ({ reserve, slotBreaks }) =>
    slotBreaks
      ? `Une seule plage du ${weekdayWord(reserve.weekday)}, entièrement indisponible sans annonce, rompt l’engagement de son mois.`
      : '',
  noticeTerm: (minNoticeMs) =>
    `${minNoticeMs === 0 ? 'Une annonce compte si elle est publique avant le début de la plage réservée.' : `Une annonce compte si elle est publique ${lengthOf(minNoticeMs)} avant le début de la plage réservée.`} Une modification ultérieure ne peut que retirer du temps. Les travaux qui durent plus longtemps qu’annoncé comptent.`,
  downTerm: (terms) =>
    `${decides(terms.critical)} ${terms.countDegraded ? 'Les réponses lentes comptent comme une indisponibilité.' : 'Les réponses lentes sont affichées comme dégradées et ne comptent pas comme une indisponibilité.'}`,
  outageTerm: ({ confirmations }) => confirmed(confirmations ?? [2, 2]),
  unknownTerm: (policy) => UNKNOWN[policy],
  figuresTerm:
    'Les pourcentages sont tronqués après la quatrième décimale et jamais arrondis\u00a0: 100 n’est affiché que si rien n’a été perdu. Les comparaisons se font en millisecondes entières.',
  changesTerm: 'Les conditions ne changent qu’au premier jour d’un mois.',

  explainedTitle: (subject, month, page) =>
    subject === null ? `${capital(month)}, explication · ${page}` : `${subject}, ${month}, explication · ${page}`,
  explained: (subject, month, figure) =>
    `${subject === null ? capital(month) : `${subject}, ${small(month)}`}\u00a0: ${figure === null ? 'aucun chiffre' : percent(figure)}.`,
  sum: 'Le calcul',
  sumCaption: 'Comment le chiffre est obtenu, à la milliseconde près',
  sumWhat: 'Poste',
  sumLength: 'Durée',
  sumMs: 'Millisecondes',
  sumRows: {
    period: (start, end) => capital(fromTo(start, end)),
    excluded: 'moins la maintenance annoncée',
    eligible: 'ce que couvre l’engagement',
    unknown: 'moins ce qui n’a pas été mesuré',
    unknownDown: 'moins ce qui n’a pas été mesuré\u00a0: compté comme indisponible',
    known: 'mesuré',
    down: 'moins l’indisponibilité',
    up: 'disponible',
    upWithUnknown: 'disponible, y compris ce qui n’a pas été mesuré',
  },
  division: (part, whole) => `${part} / ${whole} = `,
  cutOff: ', tronqué après la quatrième décimale.',
  watchedFrom: (at) => `Avow surveille depuis ${from(at)}\u202f; rien de ce qui précède n’est jugé.`,

  down: 'Ce qui était indisponible',
  nothingDown: 'Rien n’était indisponible.',
  overlap: (countedMs) => `Les pannes simultanées comptent une seule fois\u202f; temps compté\u00a0: ${lengthOrNone(countedMs)}.`,
  excluded: 'Ce qui a été exclu',
  nothingExcluded: 'Rien n’a été exclu\u00a0: aucune maintenance n’était annoncée, ou aucune ne compte.',
  refused: 'Annoncé, et compté malgré tout',
  unknown: 'Ce qui n’a pas été mesuré',
  nothingUnknown: 'Tout a été mesuré.',
  blips: 'Trop bref pour compter',
  blipsNote: (count, ms) =>
    `${plural(count, 'échec infirmé', 'échecs infirmés')} par le contrôle suivant, ${lengthOrNone(ms)} au total. Ce temps compte comme disponible.`,
  byComponent: 'Composant par composant',
  componentsCaption: 'Chaque composant pris à part, selon les mêmes conditions',
  more: (count) => `${plural(count, 'autre ligne non affichée', 'autres lignes non affichées')}.`,
  tableCaption: (zone) => `Horaires en ${zone}`,
  component: 'Composant',
  when: 'Quand',
  length: 'Durée',
  said: 'Ce qui a été dit',
  byHand: 'Saisi par une personne.',
  announcement: 'Annoncé comme',
  announcedAt: (rev) => `révision ${rev}, annoncée le`,
  firstAnnounced: 'Annonce du',
  why: 'Pourquoi cela compte',
  cause: 'Pourquoi',
  location: 'Constaté depuis',
  others: (count) => `et ${plural(count, 'autre')}`,
  reason: refusedWords,
  causeOf: unknownWords,
  oneByOne: 'Un par un',
  notCounted: 'compté dans le mois précédent',
  otherMonths: 'Autres mois',
  wholeService: (month) => `Le service en ${month}`,
  allMonths: 'Tous les mois et les conditions',
};
