/**
 * What Skerry changed in thirteen months: drafted, told, planned into an announced Saturday, tested and deployed, and now and then not
 * so. A line each, the usual steps filled in; keys of windows are those of skerry.ts.
 */
import type { ReleaseKind } from '#domain/release/release-fact.ts';
import type { Deed, DeedOf } from './deed.ts';
import { INES, PAL } from './skerry-people.ts';

interface Line {
  readonly version: string;
  readonly title: string;
  readonly kind?: ReleaseKind;
  readonly tickets?: readonly string[];
  readonly notes: string;
  readonly by: string;
  readonly drafted: string;
  readonly published?: string;
  /** When the notes become public; absent: as they are published. */
  readonly publicFrom?: string;
  readonly into?: { readonly window: string; readonly at: string; readonly time?: string };
  readonly tested?: string;
  readonly deployed?: string;
}

/** The steps of a release that goes as it should, as far as the line says when. */
const steps = (line: Line): Deed[] => {
  const { version, title, kind = 'standard', tickets = [], notes, by, into } = line;
  const at = <D extends Deed>(when: string | undefined, deed: Omit<D, 'at'>): D[] =>
    when === undefined ? [] : [{ at: when, ...deed } as D];
  const from = line.publicFrom === undefined ? {} : { from: line.publicFrom };
  const time = into?.time === undefined ? {} : { time: into.time };
  return [
    ...at<DeedOf<'draft'>>(line.drafted, { do: 'draft', version, title, kind, tickets, notes, by }),
    ...at<DeedOf<'publish'>>(line.published, { do: 'publish', version, ...from, by }),
    ...at<DeedOf<'schedule'>>(into?.at, { do: 'schedule', version, into: into?.window ?? '', ...time, by }),
    ...at<DeedOf<'tested'>>(line.tested, { do: 'tested', version, by }),
    ...at<DeedOf<'deploy'>>(line.deployed, { do: 'deploy', version, by }),
  ];
};

const SITE_NOTES = `The booking site is new from the ground up. Addresses of old bookings lead to the new pages.

### Added

- One search for all crossings of a day, with the places that are left.
- Bookings can be changed up to an hour before departure, without an account.
- The whole site works by keyboard and with a screen reader.

### Changed

- Places are held for 15 minutes instead of 10 while a passenger pays.

### Removed

- The pages for Internet Explorer are gone. A [list of browsers](https://skerry.example/docs/browsers) says what is supported.
`;

const LINES: readonly Line[] = [
  // -12: inside its window, as most are.
  {
    version: '4.0.0',
    title: 'Bookings on new ground',
    tickets: ['SK-1180', 'SK-1204'],
    notes: `Bookings and payments move to the new database servers. What agencies send and receive stays as it is, but for one old format.

### Added

- Bookings can be exported as CSV for up to 24 months instead of 6.
- The API answers with the number of places left per deck.

### Changed

- Times in the API carry their offset, such as \`2026-05-09T10:00:00+02:00\`.

### Removed

- The XML format of the API is gone; it was deprecated for a year. [How to move to JSON](https://skerry.example/docs/from-xml).
`,
    by: INES,
    drafted: '-12 d4 14:00',
    published: '-12 d6 11:00',
    into: { window: 'database', at: '-12 d6 11:05' },
    tested: '-12 d7 15:30',
    deployed: '-12 sat2 10:06',
  },
  // -11: a good Saturday, and an emergency on a Wednesday.
  {
    version: '4.0.1',
    title: 'Bookings by agency',
    tickets: ['SK-1231'],
    notes: `### Added

- Agencies see the bookings of all their offices in one list.

### Fixed

- A refund of part of a booking no longer shows the fee twice.
- Names with an apostrophe are printed on tickets as they were typed.
`,
    by: PAL,
    drafted: '-11 d8 10:00',
    published: '-11 d10 09:30',
    into: { window: 'unused', at: '-11 d10 09:35' },
    tested: '-11 d11 16:00',
    deployed: '-11 sat3 10:05',
  },
  {
    version: '4.0.2',
    title: 'The list of an agency is read by its index',
    kind: 'emergency',
    tickets: ['SK-1242'],
    notes: `### Fixed

- Opening the list of bookings of a large agency no longer slows the booking API for everybody. The list came with 4.0.1.
`,
    by: PAL,
    drafted: '-11 wed4 11:20',
    published: '-11 wed4 11:50',
    tested: '-11 wed4 11:55',
  },
  // -9: the new site, whose notes were amended when its window was over.
  {
    version: '4.1.0',
    title: 'The new booking site',
    tickets: ['SK-1100', 'SK-1256', 'SK-1257'],
    notes: SITE_NOTES,
    by: INES,
    drafted: '-9 d9 10:00',
    published: '-9 d12 11:00',
    into: { window: 'overrun', at: '-9 d12 11:10' },
    tested: '-9 d13 17:00',
    deployed: '-9 sat3 10:09',
  },
  // -7
  {
    version: '4.2.0',
    title: 'Faster scanners',
    notes: `### Added

- Scanners read tickets on cracked and dimmed screens.

### Changed

- A scanner keeps the list of passengers for twelve hours, so that boarding goes on when the harbour has no network.

### Security

- Scanners ask for their code again after an hour without use.
`,
    by: PAL,
    drafted: '-7 d4 13:00',
    published: '-7 d6 10:00',
    into: { window: 'extended', at: '-7 d6 10:05' },
    tested: '-7 d7 12:00',
    deployed: '-7 sat2 10:07',
  },
  // -6: its window was cancelled while it ran, and it waited for a later one.
  {
    version: '4.3.0',
    title: 'Refunds by agencies',
    tickets: ['SK-1290'],
    notes: `### Added

- Agencies refund bookings themselves, up to the departure. [The guide](https://skerry.example/docs/agencies/refunds) shows how.
- A refund tells by mail when the money will arrive.

### Changed

- The monthly statement of an agency lists refunds on their own page.
`,
    by: INES,
    drafted: '-6 d9 10:00',
    published: '-6 d10 15:00',
    into: { window: 'cancelled', at: '-6 d10 15:10', time: '13:00' },
    tested: '-6 d11 11:00',
    deployed: '-5 sat4 10:08',
  },
  // -5: a Saturday that was announced too late is no window: outside, for ever.
  {
    version: '4.2.1',
    title: 'Passenger lists with more than 500 names',
    kind: 'hotfix',
    tickets: ['SK-1311'],
    notes: `### Fixed

- Lists of passengers with more than 500 names are sent to scanners whole. Since 4.2.0 the end of such a list was missing.
`,
    by: INES,
    drafted: '-5 sat1 09:50',
    published: '-5 sat1 10:22',
    tested: '-5 sat1 10:05',
    deployed: '-5 sat1 10:36',
  },
  // -4: rolled back in time.
  {
    version: '4.4.0',
    title: 'Tickets in the new store',
    tickets: ['SK-1330'],
    notes: `### Changed

- Tickets and receipts are kept in the new store, in two places at once.

### Fixed

- Receipts older than a year open again.
`,
    by: INES,
    drafted: '-4 d4 15:00',
    published: '-4 d5 10:00',
    into: { window: 'done', at: '-4 d5 10:05' },
    tested: '-4 d6 16:00',
    deployed: '-4 sat2 10:12',
  },
  {
    version: '4.4.1',
    title: 'Sales reports by route',
    notes: `### Added

- Sales reports by route and by weekday, for up to three years.

### Changed

- Reports are made at night, and are there by 06:00 Eastern.

### Deprecated

- The report "All sales" ends with 5.0. [What takes its place](https://skerry.example/docs/reports).
`,
    by: PAL,
    drafted: '-4 d16 11:00',
    published: '-4 d17 10:00',
    into: { window: 'reports', at: '-4 d17 10:05' },
    tested: '-4 d18 15:00',
    deployed: '-4 sat4 10:11',
  },
  // -3
  {
    version: '4.5.0',
    title: 'Families board together',
    tickets: ['SK-1352', 'SK-1353'],
    notes: `### Added

- One scan boards everybody of a booking. The scanner shows how many they are.
- Vehicles are boarded by their number plate.

### Fixed

- A ticket that was scanned twice within a second is counted once.
`,
    by: PAL,
    drafted: '-3 d4 10:00',
    published: '-3 d6 09:00',
    into: { window: 'ramp', at: '-3 d6 09:05' },
    tested: '-3 d6 17:30',
    deployed: '-3 sat2 10:09',
  },
  // -2
  {
    version: '4.6.0',
    title: 'Fares by season',
    tickets: ['SK-1370'],
    notes: `### Added

- Fares by season, weekday and hour of departure. Fares that are booked already stay as they are.
- The cheapest day of a week stands beside every search.

### Changed

- Prices are rounded per booking and no longer per passenger.

### Fixed

- Discounts for residents apply to return trips that end in the next month.
`,
    by: INES,
    drafted: '-2 d9 10:00',
    published: '-2 d12 11:00',
    into: { window: 'release', at: '-2 d12 11:05' },
    tested: '-2 d13 14:00',
    deployed: '-2 sat3 10:06',
  },
  // -1: a hotfix that waited for its Saturday.
  {
    version: '4.6.1',
    title: 'Certificates and sessions',
    kind: 'hotfix',
    tickets: ['SK-1388'],
    notes: `### Fixed

- Discounts for students are shown before payment, as they were before 4.6.0.

### Security

- Certificates are renewed 30 days before they end instead of 7.
- Signing out ends the session on all devices.
`,
    by: PAL,
    drafted: '-1 d3 14:00',
    published: '-1 d4 10:00',
    into: { window: 'certificates', at: '-1 d4 10:05' },
    tested: '-1 d5 11:00',
    deployed: '-1 sat2 10:05',
  },
  // The Saturday that is just over, or on.
  {
    version: '4.7.0',
    title: 'Waiting lists',
    tickets: ['SK-1401', 'SK-1402'],
    notes: `### Added

- Waiting lists for full crossings: whoever is first in line has 30 minutes to book a place that comes free.
- Agencies see the waiting list of their passengers ([guide](https://skerry.example/docs/waiting-lists)).

### Changed

- Cancelled places are offered to the waiting list before they go on sale.

### Fixed

- The search shows crossings after midnight on the day on which they leave.
`,
    by: INES,
    drafted: 'now-11d',
    published: 'now-9d12h',
    into: { window: 'shortened', at: 'now-9d11h' },
    tested: 'now-8d',
    deployed: 'coming0 10:07',
  },
  // What changes on Saturday.
  {
    version: '4.8.0',
    title: 'New seat maps',
    tickets: ['SK-1410', 'SK-1415'],
    notes: `Passengers choose their places on a map of the deck. What was chosen in bookings until now stays.

### Added

- Maps of all decks, with windows, tables and power sockets.
- Places for wheelchairs can be booked on the site, together with the place beside them.
- The API answers with the map of a crossing: \`GET /v4/crossings/{id}/seats\` ([reference](https://skerry.example/docs/api/seats)).

### Changed

- Groups of up to eight are seated together where the deck allows it.

### Fixed

- A place that was given back is free again at once, not after ten minutes.

### Removed

- The choice "any window place" is gone: choose one on the map.
`,
    by: INES,
    drafted: 'now-4d',
    published: 'now-29h',
    into: { window: 'next', at: 'now-28h30m' },
    tested: 'now-27h',
  },
  // To be told when the Saturday before it is over.
  {
    version: '4.8.1',
    title: 'Receipts in the currency of the card',
    notes: `### Added

- Receipts show the amount in the currency of the card, and the rate.

### Security

- Payments above 500 euros ask the bank of the card for a second factor.
`,
    by: PAL,
    drafted: 'now-49h',
    published: 'now-46h',
    publicFrom: 'coming1 16:00',
    into: { window: 'receipts', at: 'now-45h' },
  },
  // Nobody outside knows of it.
  {
    version: '4.9.0',
    title: 'Bicycles',
    notes: `### Added

- Bicycles and trailers are booked like vehicles. The prices are not settled yet.
`,
    by: INES,
    drafted: 'now-40h',
  },
];

/** What did not go as it should. */
const TURNS: readonly Deed[] = [
  {
    at: '-11 wed4 12:04',
    do: 'deploy',
    version: '4.0.2',
    emergency: { reason: 'The API answers in six seconds, and agencies cannot book. Saturday is too late.', approvedBy: INES },
    by: PAL,
  },
  {
    at: '-9 sat3 13:35',
    do: 'draft',
    version: '4.1.0',
    notes: `${SITE_NOTES}
### Fixed

- Bookings made on a telephone on Saturday between 13:10 and 13:25 Eastern were confirmed twice by mail. They are booked once, and paid once.
`,
    by: INES,
  },
  { at: '-9 sat3 13:40', do: 'publish', version: '4.1.0', by: INES },
  // The cancelled window lets go of it by itself; here it is planned anew.
  { at: '-5 d20 09:30', do: 'schedule', version: '4.3.0', into: 'early', by: PAL },
  { at: '-4 sat2 11:20', do: 'roll back', version: '4.4.0', by: INES },
  // By a pipeline; nobody had drafted it.
  { at: '-1 thu3 17:42', do: 'deploy', version: '4.6.2', by: 'deploy pipeline' },
];

export const RELEASES: readonly Deed[] = [...LINES.flatMap(steps), ...TURNS];
