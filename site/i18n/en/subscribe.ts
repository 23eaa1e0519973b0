/** English words of the page about feeds, calendars and other ways to hear of what happens. */

export const subscribeWords = {
  title: (name: string) => `Subscribe · ${name}`,
  headline: 'Hear of it without looking here.',
  lead: 'Everything on these pages can be followed by a program: a feed reader, a calendar, or your own code. Nothing has to be signed up for.',

  feeds: 'Feeds',
  feedsLead: 'One entry for each update, with the whole text. A feed reader shows new ones within minutes.',
  feedOf: 'What it tells',
  feedAs: (kind: string) => `As ${kind}`,
  feed: {
    feed: 'Everything',
    incidents: 'Incidents',
    maintenance: 'Maintenance',
    releases: 'Releases',
  },
  feedLink: (what: string, kind: string) => `${what}, ${kind}`,
  perComponent: 'One component only',
  perComponentLead: 'Incidents and maintenance of that component.',

  calendars: 'Calendars',
  calendarsLead: 'Windows appear in your calendar in your own time zone, and follow when they are moved, shortened or cancelled.',
  announced: 'Announced windows',
  announcedNote: 'Work that will take place.',
  reserved: 'Reserved windows',
  reservedNote: 'Times at which work may be announced, as tentative entries. Without an announcement the service stays up.',
  subscribeTo: 'Subscribe',
  file: 'Address',
  howTo: 'How to add a calendar',
  /** Program, and what to choose in it. */
  programs: [
    ['Google Calendar', 'On a computer: Other calendars, the plus sign, “From URL”. Paste the address.'],
    ['Apple Calendar', 'Open “Subscribe” on this page; or File, “New Calendar Subscription”, and paste the address.'],
    ['Outlook', 'Add calendar, “Subscribe from web”. Paste the address.'],
    ['Thunderbird', 'New calendar, “On the network”. Paste the address.'],
  ] as readonly (readonly [program: string, how: string])[],
  slowPrograms: 'Some programs look for changes only once a day. The pages here are always current.',

  application: 'In your own application',
  widget: 'A widget with the current state and the next window',
  api: 'The API, in JSON, for programs',
  badges: 'Badges for a page or a read-me file',
};
