/** French words of the page about feeds, calendars and other ways to hear of what happens. */
import type { subscribeWords as english } from '../en/subscribe.ts';

export const subscribeWords: typeof english = {
  title: (name) => `S’abonner · ${name}`,
  headline: 'Être prévenu sans consulter cette page.',
  lead: 'Tout ce qui figure sur ces pages peut être suivi par un programme\u00a0: un lecteur de flux, un agenda ou votre propre code. Aucune inscription n’est nécessaire.',

  feeds: 'Flux',
  feedsLead: 'Une entrée par nouvelle, avec le texte entier. Un lecteur de flux affiche les nouvelles entrées en quelques minutes.',
  feedOf: 'Contenu',
  feedAs: (kind) => `Au format ${kind}`,
  feed: {
    feed: 'Tout',
    incidents: 'Incidents',
    maintenance: 'Maintenance',
    releases: 'Versions',
  },
  feedLink: (what, kind) => `${what}, ${kind}`,
  perComponent: 'Un seul composant',
  perComponentLead: 'Les incidents et la maintenance de ce composant.',

  calendars: 'Calendriers',
  calendarsLead:
    'Les fenêtres apparaissent dans votre agenda, dans votre fuseau horaire, et suivent lorsqu’elles sont déplacées, raccourcies ou annulées.',
  announced: 'Fenêtres annoncées',
  announcedNote: 'Des travaux qui auront lieu.',
  reserved: 'Plages réservées',
  reservedNote: 'Les moments où des travaux peuvent être annoncés, inscrits comme provisoires. Sans annonce, le service reste disponible.',
  subscribeTo: 'S’abonner',
  file: 'Adresse',
  howTo: 'Comment ajouter un calendrier',
  programs: [
    ['Google Agenda', 'Sur un ordinateur\u00a0: Autres agendas, le signe plus, «\u00a0À partir de l’URL\u00a0». Coller l’adresse.'],
    [
      'Calendrier (Apple)',
      'Ouvrir «\u00a0S’abonner\u00a0» sur cette page\u202f; ou Fichier, «\u00a0Nouvel abonnement à un calendrier\u00a0», et coller l’adresse.',
    ],
    ['Outlook', 'Ajouter un calendrier, «\u00a0S’abonner à partir du web\u00a0». Coller l’adresse.'],
    ['Thunderbird', 'Nouvel agenda, «\u00a0Sur le réseau\u00a0». Coller l’adresse.'],
  ],
  slowPrograms: 'Certains programmes ne recherchent les modifications qu’une fois par jour. Ces pages-ci sont toujours à jour.',

  application: 'Dans votre propre application',
  widget: 'Un widget avec l’état actuel et la prochaine fenêtre',
  api: 'L’API, en JSON, pour les programmes',
  badges: 'Des badges pour une page ou un fichier README',
};
