/** French words of what stands around every public page: the way to the other pages, the next window, channels, languages. */
import type { frameWords as english } from '../en/frame.ts';

export const frameWords: typeof english = {
  describes: (name) =>
    `${name}\u00a0: l’état actuel, ce qui est prévu, ce qui a changé et la manière dont l’engagement de disponibilité a été tenu.`,
  feedTitle: (name) => `${name}\u00a0: incidents, maintenance et versions`,
  skip: 'Aller au contenu',
  nav: 'Pages du site',
  status: 'État',
  maintenance: 'Maintenance',
  releases: 'Versions',
  history: 'Historique',
  promise: 'L’engagement',
  subscribe: 'S’abonner',
  window: 'La prochaine fenêtre de maintenance',
  windowRunning: (title) => `Maintenance en cours (${title})\u00a0:`,
  windowAnnounced: (title) => `Prochaine maintenance (${title})\u00a0:`,
  windowReserved: 'Prochaine plage réservée, pour laquelle rien n’est annoncé\u202f; le service reste disponible\u00a0:',
  yours: 'À votre heure\u00a0: {}.',
  support: 'Assistance',
  vendorLinks: 'Autres liens',
  languages: 'Langues',
  /** A colon comes right behind it, and another behind `signs` of severity.ts. */
  language: 'Langue\u00a0',
  feeds: 'Flux, calendrier et API',
};
