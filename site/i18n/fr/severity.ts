/** French sentences about support: the levels of a request, what they look like, and by when something happens. */
import type { severityWords as english } from '../en/severity.ts';
import { plural } from './grammar.ts';

export const severityWords: typeof english = {
  channels: 'Assistance',
  noChannels: 'Aucun canal d’assistance n’est encore indiqué dans la configuration.',
  kinds: { telephone: 'Téléphone', email: 'Courriel', chat: 'Messagerie instantanée', online: 'En ligne' },
  heading: 'Comment une demande est classée',
  caption: 'Objectifs par niveau, dès la réception',
  level: (level) => `Niveau ${level}`,
  levels: {
    1: {
      name: 'Le travail est arrêté',
      what: 'Le service est inutilisable en production, ou si gravement atteint que nul ne peut raisonnablement continuer à l’utiliser. L’assistance s’y consacre avant toute autre chose jusqu’à une correction ou une solution de contournement, et a besoin chez vous de personnes qui puissent y contribuer pendant ce temps.',
      signs: [
        'Le service se bloque ou s’arrête brutalement',
        'Des données sont perdues ou endommagées',
        'Une fonction dont dépend le travail a disparu',
        'Personne ne peut se connecter',
      ],
    },
    2: {
      name: 'Le travail est fortement gêné',
      what: 'Des fonctions importantes manquent, sans solution de contournement acceptable. Le service fonctionne, mais de façon restreinte, instable ou avec des interruptions.',
      signs: [
        'Une erreur oblige à un redémarrage ou à une restauration',
        'Les réponses sont très lentes',
        'Une fonction a disparu, et le reste est utilisable avec des restrictions',
      ],
    },
    3: {
      name: 'Le travail est légèrement gêné',
      what: 'Quelque chose ne fonctionne pas, mais l’essentiel du service fonctionne, et il existe une solution de contournement simple.',
      signs: [
        'Un message d’erreur qui peut être contourné',
        'Les réponses sont un peu lentes',
        'Un résultat est faux, et peu de choses en dépendent',
        'Une question sur les fonctions ou les réglages pendant la mise en place du service',
      ],
    },
    4: {
      name: 'Le travail continue',
      what: 'Une question ou un petit défaut qui ne touche pas à ce que fait le service\u00a0: une manière de procéder, la documentation, un souhait.',
      signs: ['Un conseil sur l’utilisation du service', 'Un point peu clair dans la documentation ou dans les notes de version'],
    },
  },
  signs: 'Par exemple\u00a0',
  columns: {
    level: 'Niveau',
    beginWork: 'Début',
    response: 'Première réponse',
    completion: 'Fin',
    channel: 'Canal',
  },
  target: (target) =>
    'elapsedMs' in target ? plural(target.elapsedMs / 3_600_000, 'heure') : plural(target.businessDays, 'jour ouvré', 'jours ouvrés'),
  none: '–',
  by: { telephone: 'téléphone seul', any: 'tout canal' },
  rules: [
    'Le niveau est choisi par vous lors de la demande, selon ce qu’elle implique pour votre travail\u00a0: indiquez ce qui est impossible, et pour combien de personnes. L’assistance peut proposer un autre niveau\u202f; il ne change qu’avec votre accord.',
    'Le niveau 1 doit être signalé par téléphone. Signalée autrement, la demande est traitée au niveau 2 jusqu’à votre appel.',
    'Les demandes de nouvelles fonctions n’ont ni niveau ni délai.',
    'Les heures sont des heures écoulées, de jour comme de nuit\u202f; les jours ouvrés vont du lundi au vendredi, hors jours fériés. La première réponse vient d’une personne, et non d’une machine.',
    'Ce sont des objectifs, et non des garanties\u00a0: la part atteinte est publiée, et un objectif manqué n’ouvre droit à aucun avoir.',
  ],
};
