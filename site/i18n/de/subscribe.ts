/** German words of the page about feeds, calendars and other ways to hear of what happens. */
import type { subscribeWords as enSubscribe } from '../en/subscribe.ts';

export const subscribeWords: typeof enSubscribe = {
  title: (name) => `Abonnieren · ${name}`,
  headline: 'Davon erfahren, ohne hier nachzusehen.',
  lead: 'Allem auf diesen Seiten kann ein Programm folgen: ein Feedreader, ein Kalender oder eigener Code. Eine Anmeldung ist nicht nötig.',

  feeds: 'Feeds',
  feedsLead: 'Ein Eintrag je Meldung, mit dem ganzen Text. Ein Feedreader zeigt neue innerhalb von Minuten.',
  feedOf: 'Wovon er berichtet',
  feedAs: (kind) => `Als ${kind}`,
  feed: {
    feed: 'Alles',
    incidents: 'Vorfälle',
    maintenance: 'Wartung',
    releases: 'Versionen',
  },
  feedLink: (what, kind) => `${what}, ${kind}`,
  perComponent: 'Nur eine Komponente',
  perComponentLead: 'Vorfälle und Wartung dieser Komponente.',

  calendars: 'Kalender',
  calendarsLead:
    'Fenster erscheinen im eigenen Kalender in der eigenen Zeitzone und folgen, wenn sie verschoben, verkürzt oder abgesagt werden.',
  announced: 'Angekündigte Fenster',
  announcedNote: 'Arbeiten, die stattfinden werden.',
  reserved: 'Reservierte Fenster',
  reservedNote:
    'Zeiten, zu denen Arbeiten angekündigt werden können, als vorläufige Einträge. Ohne Ankündigung bleibt der Dienst in Betrieb.',
  subscribeTo: 'Abonnieren',
  file: 'Adresse',
  howTo: 'Einen Kalender hinzufügen',
  programs: [
    ['Google Kalender', 'Am Computer: „Weitere Kalender“, das Pluszeichen, „Per URL“. Die Adresse einfügen.'],
    ['Apple Kalender', 'Auf dieser Seite „Abonnieren“ öffnen; oder „Ablage“, „Neues Kalenderabonnement“, und die Adresse einfügen.'],
    ['Outlook', '„Kalender hinzufügen“, „Aus dem Internet abonnieren“. Die Adresse einfügen.'],
    ['Thunderbird', '„Neuer Kalender“, „Im Netzwerk“. Die Adresse einfügen.'],
  ],
  slowPrograms: 'Manche Programme suchen nur einmal am Tag nach Änderungen. Diese Seiten sind immer aktuell.',

  application: 'In der eigenen Anwendung',
  widget: 'Ein Widget mit dem aktuellen Zustand und dem nächsten Fenster',
  api: 'Die API, in JSON, für Programme',
  badges: 'Badges für eine Seite oder eine README-Datei',
};
