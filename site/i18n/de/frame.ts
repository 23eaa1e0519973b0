/** German words of what stands around every public page: the way to the other pages, the next window, channels, languages. */
import type { frameWords as enFrame } from '../en/frame.ts';

/** `{}` is where the script writes the range on the reader's own clock. */
const YOURS = 'Auf Ihrer Uhr: {}.';

export const frameWords: typeof enFrame = {
  describes: (name) =>
    `${name}: der Zustand in diesem Moment, was geplant ist, was sich geändert hat und wie gut die Verfügbarkeitszusage eingehalten wurde.`,
  feedTitle: (name) => `${name}: Vorfälle, Wartung und Versionen`,
  skip: 'Zum Inhalt springen',
  nav: 'Seiten',
  status: 'Status',
  maintenance: 'Wartung',
  releases: 'Versionen',
  history: 'Verlauf',
  promise: 'Zusage',
  subscribe: 'Abonnieren',
  window: 'Das nächste Wartungsfenster',
  windowRunning: (title) => `Wartung läuft: ${title}.`,
  windowAnnounced: (title) => `Nächste Wartung: ${title}.`,
  windowReserved: 'Nächstes reserviertes Fenster, für das nichts angekündigt ist; der Dienst bleibt in Betrieb:',
  yours: YOURS,
  support: 'Support',
  vendorLinks: 'Mehr',
  languages: 'Sprachen',
  language: 'Sprache',
  feeds: 'Feeds, Kalender und API',
};
