/** French words of the page about the API. What the API itself speaks is English in every language. */
import { apiWords as english } from '../en/api.ts';
import { any } from './grammar.ts';

export const apiWords: typeof english = {
  title: (name) => `${name}\u00a0: l’API`,
  heading: 'L’API',
  intro:
    'Ce que dit cette page, en JSON pour les programmes. Aucune connexion n’est nécessaire, et toute page web peut la lire. Les réponses sont établies une fois par changement\u00a0: avec If-None-Match, une réponse inchangée ne coûte rien.',
  ways: 'Les documents sous /api/v2 ont la forme de Statuspage, de sorte que les programmes écrits pour Statuspage lisent aussi cette page. Ceux sous /api/v1 disent ce pour quoi cette forme n’a pas de mots\u00a0: temps inconnu, bornes, verdicts, raisons.',
  errors:
    'Une demande sans réponse possible reçoit un document de problème (RFC 9457)\u00a0: une phrase qui dit ce qui s’est passé et ce qu’il faut faire.',
  openapi: 'Cette page est tirée du document OpenAPI\u00a0:',
  operations: 'Adresses',
  schemas: 'Formes',
  parameters: 'Paramètres',
  example: 'Exemple de requête',
  answers: 'Réponses',
  noParameters: 'Aucun paramètre.',
  name: 'Nom',
  place: 'Où',
  places: { path: 'dans le chemin', query: 'dans la requête' },
  type: 'Type',
  meaning: 'Signification',
  required: 'Obligatoire',
  optional: 'Facultatif',
  status: 'Code',
  shape: 'Forme',
  tableOf: (name) => `Champs\u00a0: ${name}`,
  parametersOf: (path) => `Paramètres\u00a0: ${path}`,
  answersOf: (path) => `Réponses\u00a0: ${path}`,
  types: {
    string: 'texte',
    integer: 'nombre entier',
    number: 'nombre',
    boolean: 'vrai ou faux',
    object: 'objet',
    null: 'null',
    'date-time': 'heure (ISO 8601, UTC)',
    date: 'jour (ISO 8601)',
    unknown: 'toute valeur',
  },
  listOf: (type) => `liste (${type})`,
  orNull: (type) => `${type}, ou null`,
  oneOf: (values) => (values.length === 1 ? `toujours ${values.join('')}` : any(values)),
  between: (least, most) => `de ${least} à ${most}`,
  usually: (value) => `${value} par défaut`,

  maintenancePosts: english.maintenancePosts,
  localWindow: english.localWindow,
};
