/** French sentences of the page of an incident. */
import type { incidentWords as english } from '../en/incidents.ts';
import { capital, from, fromTo, on, plural, small } from './grammar.ts';

export const incidentWords: typeof english = {
  pageTitle: (title, page) => `${title} · ${page}`,
  openSince: (at) => `En cours depuis ${from(at)}`,
  wasOpen: (since, asOf) => `L’incident a commencé ${on(since)} et n’était pas terminé ${on(asOf)}.`,
  lasted: (start, end, length) => `${capital(fromTo(start, end))}, ${length}.`,
  detected: 'Les contrôles l’ont détecté d’eux-mêmes.',
  opened: 'Il a été ouvert manuellement.',
  impact: {
    none: 'Aucun impact.',
    minor: 'Impact mineur.',
    major: 'Impact majeur.',
    critical: 'Impact critique.',
  },

  affected: 'Composants concernés',
  impactOf: {
    none: 'Non touché',
    degraded: 'Dégradé',
    partial_outage: 'Panne partielle',
    major_outage: 'Panne',
  },
  nowAndWorst: (now, worst) => `${now}\u202f; au plus fort\u00a0: ${small(worst)}`,
  atWorst: (impact) => `Au plus fort\u00a0: ${small(impact)}`,

  posts: 'Ce qui a été publié',
  noPosts: 'Rien n’a été publié.',
  called: (title) => `Intitulé «\u00a0${title}\u00a0» à partir d’ici.`,
  impactSaid: (name, impact) => `${name}\u00a0: ${small(impact)}`,

  seen: 'Ce que les contrôles ont constaté',
  seenNote: 'D’un peu avant le début à un peu après la fin. Le trait du dessus indique combien de temps l’incident a été ouvert.',
  seenNoteOpen: 'D’un peu avant le début jusqu’à maintenant. Le trait du dessus indique depuis combien de temps l’incident est ouvert.',
  seenLabel: (name, start, end, parts) => `${name}, ${fromTo(start, end)}\u00a0: ${parts.join(', ')}`,
  seenPart: (state, length) => `${small(state)} (${length})`,
  seenTable: 'Sous forme de tableau',
  nothingSeen: 'Rien n’a été mesuré.',
  moreSeen: (count) =>
    `${plural(count, 'période ultérieure non affichée', 'périodes ultérieures non affichées')}\u202f; voir la page du composant.`,

  counted: 'Ce qui a compté',
  countedNote:
    'Ce qui est publié ici n’entre pas dans le calcul. L’indisponibilité est ce que les contrôles ont constaté et ce qui a été corrigé dans le registre\u202f; chaque mois l’explique\u00a0:',
  countedIn: (name, month) => `${name}, ${month}`,
};
