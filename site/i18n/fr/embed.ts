/** French words of the page about the widget and badges. */
import type { embedWords as english } from '../en/embed.ts';

export const embedWords: typeof english = {
  title: (name) => `L’état dans vos propres pages · ${name}`,
  headline: 'L’état dans vos propres pages.',
  lead: 'Deux lignes affichent l’état actuel, les incidents en cours, la prochaine fenêtre de maintenance et ce qu’elle change, dans une application ou sur une page web.',

  widget: 'Le widget',
  code: 'À copier',
  codeNote: 'Il ne dépose aucun cookie, ne charge rien d’autre et n’affiche que du texte. Quand l’état ne peut pas être lu, il le dit.',
  corner: 'Sous forme de bouton dans un coin de la fenêtre',
  preview: 'Aperçu',
  noScript: 'Le widget a besoin de scripts. L’état actuel figure sur la page d’accueil.',
  attributes: 'Attributs',
  attribute: 'Attribut',
  means: 'Ce qu’il indique',
  absent: 'En son absence',
  rows: [
    ['src', 'L’adresse de la page d’état, quand le script provient d’ailleurs.', 'L’adresse d’où provient le script'],
    [
      'position',
      '«\u00a0inline\u00a0», ou un coin\u00a0: «\u00a0bottom-right\u00a0», «\u00a0bottom-left\u00a0», «\u00a0top-right\u00a0», «\u00a0top-left\u00a0». Dans un coin, c’est un bouton qui s’ouvre.',
      'inline',
    ],
    ['lang', 'La langue de ses textes.', 'La langue de la page qui l’entoure'],
    ['theme', '«\u00a0light\u00a0», «\u00a0dark\u00a0» ou «\u00a0auto\u00a0».', 'auto\u00a0: selon la préférence du lecteur'],
  ],
  policy: 'Avec une Content-Security-Policy',
  policyNote: 'Autoriser la page d’état dans deux directives. Rien n’a besoin d’être incorporé à la page.',

  badges: 'Badges pour vos pages',
  badgesLead: 'De petites images de l’état ou d’un chiffre. Les chiffres sont tronqués, jamais arrondis à la valeur supérieure.',
  badge: 'Ce qu’il montre',
  badgeAddress: 'Adresse',
  badgeRows: {
    status: 'L’état actuel',
    month: 'La disponibilité du mois en cours',
    '30d': 'La disponibilité des 30 derniers jours',
    '90d': 'La disponibilité des 90 derniers jours',
  },
  badgeOf: 'À la place de «\u00a0overall\u00a0», le nom d’un composant dans ces adresses\u00a0:',
  asHtml: 'En HTML',
  asMarkdown: 'En Markdown',
  badgeAlt: (name) => `État actuel\u00a0: ${name}`,
};
