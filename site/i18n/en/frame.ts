/** English words of what stands around every public page: the way to the other pages, the next window, channels, languages. */

/** `{}` is where the script writes the range on the reader's own clock. */
const YOURS = 'On your clock: {}.';

export const frameWords = {
  describes: (name: string) =>
    `How ${name} is right now, what is planned, what changed, and how well the promise of availability was kept.`,
  feedTitle: (name: string) => `${name}: incidents, maintenance and releases`,
  skip: 'Skip to the content',
  nav: 'Pages',
  status: 'Status',
  maintenance: 'Maintenance',
  releases: 'Releases',
  history: 'History',
  promise: 'The promise',
  subscribe: 'Subscribe',
  window: 'The next maintenance window',
  windowRunning: (title: string) => `Maintenance is running: ${title}.`,
  windowAnnounced: (title: string) => `Next maintenance: ${title}.`,
  windowReserved: 'Next reserved window, for which nothing is announced; the service stays up:',
  yours: YOURS,
  support: 'Support',
  /** Names the list of the vendor's own links: imprint, privacy, terms. */
  vendorLinks: 'More',
  languages: 'Languages',
  language: 'Language',
  feeds: 'Feeds, calendar and API',
};
