/**
 * Thirteen months of Skerry, an invented booking platform for ferries: what went wrong and what people did, a line each, in the
 * order of time (words: calendar.ts). What to look at in which month is in docs/demo.md.
 */
import type { Deed } from './deed.ts';
import type { Scenario, TroubleLine } from './scenario.ts';
import { AMENDMENT_AGREED, SECOND_LOCATION, SECOND_TOKYO_CONTRACT, skerryFile, THIRD_TOKYO_CONTRACT } from './skerry-file.ts';

const [INES, PAL] = ['Ines Haugland', 'Pål Erstad'];
const BOOKING = ['booking-site', 'booking-api', 'payments'];

const TROUBLES: readonly TroubleLine[] = [
  // -12: an ordinary outage; a Saturday announced and used.
  { at: '-12 d9 14:20', for: '38m', of: ['booking-api'], is: 'status_unexpected' },
  { at: '-12 sat2 10:20', for: '1h30m', of: ['booking-api', 'payments'], is: 'connect_refused' },
  { at: '-12 d23 03:12', for: '5s', of: ['timetable'], is: 'timeout' },
  // -11: slow hours, which only one contract counts.
  { at: '-11 d20 09:30', for: '2h40m', of: ['booking-api'], is: 'over_latency_limit' },
  { at: '-11 d26 21:05', for: '4h', of: ['sales-reports'], is: 'status_unexpected' },
  // -10: the forgotten Saturday.
  { at: '-10 sat2 10:05', for: '4h15m', of: ['booking-site', 'booking-api', 'boarding'], is: 'connect_refused' },
  // -9: a Saturday announced by mail alone; one that took longer than announced.
  { at: '-9 sat1 10:10', for: '2h20m', of: ['payments'], is: 'connect_refused' },
  { at: '-9 sat3 10:00', for: '3h10m', of: ['booking-site'], is: 'status_unexpected' },
  // -8: nobody measured for a night.
  { at: '-8 d14 01:00', for: '5h10m', of: '*', is: 'silence', where: 'bergen' },
  // -7: a Saturday extended too late; an outage over the end of the month.
  { at: '-7 sat2 10:00', for: '3h', of: ['boarding'], is: 'connect_refused' },
  { at: '-7 last 23:20', for: '1h30m', of: ['booking-site', 'booking-api'], is: 'timeout' },
  // -6: a Saturday cancelled while it ran; a flapping day.
  { at: '-6 sat3 12:00', for: '40m', of: ['payments'], is: 'status_unexpected' },
  { at: '-6 d17 13:00', for: '6h', of: ['boarding'], is: 'connection_lost', share: 0.2 },
  // -5: a Saturday announced while it ran; one begun an hour too early.
  { at: '-5 sat1 10:30', for: '1h10m', of: ['booking-api'], is: 'connect_refused' },
  { at: '-5 sat4 09:00', for: '2h15m', of: ['payments'], is: 'connect_refused' },
  // -4: a place of our own that could not reach us; a Saturday done early; a night that was told wrongly.
  { at: '-4 d12 16:00', for: '2h', of: BOOKING, is: 'timeout', where: 'halifax' },
  { at: '-4 sat2 13:00', for: '20m', of: ['booking-site'], is: 'status_unexpected' },
  { at: '-4 sat4 10:00', for: '1h30m', of: ['sales-reports'], is: 'connect_refused' },
  { at: '-4 d21 03:00', for: '1h40m', of: ['payments'], is: 'status_unexpected' },
  // -3: something else broke during a Saturday.
  { at: '-3 sat2 10:15', for: '2h', of: ['boarding'], is: 'connect_refused' },
  { at: '-3 sat2 11:00', for: '30m', of: ['booking-api'], is: 'status_unexpected' },
  { at: '-3 d25 18:40', for: '25m', of: ['timetable'], is: 'timeout' },
  // -2: our own probes were at fault for a morning.
  { at: '-2 d9 04:00', for: '4h30m', of: '*', is: 'own_fault' },
  { at: '-2 sat3 10:30', for: '1h', of: BOOKING, is: 'connect_refused' },
  // -1: a last outage that somebody denies.
  { at: '-1 d13 11:10', for: '50m', of: ['booking-site', 'payments'], is: 'connection_lost' },
  { at: '-1 sat2 10:10', for: '45m', of: ['booking-api'], is: 'connect_refused' },
  // The night on which the clocks went forward: 01:50 to 03:10 are twenty minutes.
  { at: 'spring 01:50', for: '20m', of: ['booking-api'], is: 'connect_refused' },
  // Of late.
  { at: 'now-75h', for: '5s', of: ['boarding'], is: 'connection_lost' },
  { at: 'now-26h', for: '18m', of: ['ticket-mail'], is: 'connect_refused' },
];

const DEEDS: readonly Deed[] = [
  {
    at: '-12 d6 09:00',
    do: 'announce',
    key: 'database',
    from: '-12 sat2 10:00',
    for: '3h',
    of: ['booking-api', 'payments'],
    title: 'New database servers',
    body: 'Bookings by agencies and payments stop for up to two hours.',
    by: INES,
  },
  {
    at: '-11 d4 10:00',
    do: 'announce',
    key: 'unused',
    from: '-11 sat3 10:00',
    for: '2h',
    title: 'Network works',
    body: 'Short interruptions.',
    by: PAL,
  },
  {
    at: '-9 d3 16:00',
    do: 'import',
    key: 'forgotten',
    from: '-10 sat2 10:00',
    for: '5h',
    told: '-10 d2 12:00',
    title: 'Works at the ramp',
    body: 'As we wrote to some of you.',
    by: PAL,
  },
  {
    at: '-9 d18 09:00',
    do: 'import',
    key: 'mailed',
    from: '-9 sat1 10:00',
    for: '3h',
    told: '-10 d25 08:00',
    title: 'New payment terminal software',
    body: 'Payments stop for up to three hours.',
    by: PAL,
  },
  {
    at: '-9 d19 09:30',
    do: 'approve import',
    what: 'mailed',
    by: INES,
    evidence: 'The mail to all customers, with its headers, in the archive.',
  },
  {
    at: '-9 d12 10:00',
    do: 'announce',
    key: 'overrun',
    from: '-9 sat3 10:00',
    for: '2h',
    of: ['booking-site'],
    title: 'New booking site',
    body: 'The site is away for two hours.',
    by: INES,
  },
  {
    at: '-7 d5 09:00',
    do: 'announce',
    key: 'extended',
    from: '-7 sat2 10:00',
    for: '2h',
    title: 'Scanner update',
    body: 'Scanners restart.',
    by: PAL,
  },
  { at: '-7 sat2 11:30', do: 'edit', what: 'extended', to: '14:00', by: PAL },
  { at: AMENDMENT_AGREED, do: 'configure' },
  {
    at: '-6 d8 09:00',
    do: 'announce',
    key: 'cancelled',
    from: '-6 sat3 10:00',
    for: '4h',
    title: 'Router exchange',
    body: 'Interruptions.',
    by: PAL,
  },
  { at: '-6 sat3 11:30', do: 'cancel', what: 'cancelled', by: PAL },
  {
    at: '-5 sat1 10:20',
    do: 'announce',
    key: 'late',
    from: '-5 sat1 10:30',
    for: '1h30m',
    title: 'Urgent restart',
    body: 'The API restarts.',
    by: INES,
  },
  { at: SECOND_TOKYO_CONTRACT, do: 'configure' },
  {
    at: '-5 d20 09:00',
    do: 'announce',
    key: 'early',
    from: '-5 sat4 09:00',
    for: '3h',
    title: 'Payment provider moves',
    body: 'Payments stop from nine.',
    by: PAL,
  },
  { at: SECOND_LOCATION, do: 'configure' },
  {
    at: '-4 d4 10:00',
    do: 'announce',
    key: 'done',
    from: '-4 sat2 10:00',
    for: '5h',
    title: 'Storage works',
    body: 'Slow pages.',
    by: INES,
  },
  { at: '-4 sat2 11:40', do: 'complete', what: 'done', by: INES },
  {
    at: '-4 d16 10:00',
    do: 'announce',
    key: 'reports',
    from: '-4 sat4 10:00',
    for: '2h',
    of: ['sales-reports'],
    title: 'Sales reports move',
    body: 'Reports are away.',
    by: PAL,
  },
  {
    at: '-3 d5 10:00',
    do: 'announce',
    key: 'ramp',
    from: '-3 sat2 10:00',
    for: '3h',
    of: ['boarding'],
    title: 'Ramp works',
    body: 'Scanners are away.',
    by: PAL,
  },
  {
    at: '-2 d12 10:00',
    do: 'announce',
    key: 'release',
    from: '-2 sat3 10:00',
    for: '2h',
    title: 'Autumn fares',
    body: 'Booking is away for an hour.',
    by: INES,
  },
  {
    at: '-1 d3 10:00',
    do: 'announce',
    key: 'certificates',
    from: '-1 sat2 10:00',
    for: '1h',
    title: 'New certificates',
    body: 'Short interruptions.',
    by: PAL,
  },
  { at: THIRD_TOKYO_CONTRACT, do: 'configure' },
  {
    at: 'now-30h',
    do: 'announce',
    key: 'next',
    from: 'coming1 10:00',
    for: '3h',
    of: BOOKING,
    title: 'New seat maps',
    body: 'Booking is away for about two hours. Boarding goes on.',
    by: INES,
  },
];

export const SKERRY: Scenario = {
  zone: 'America/New_York',
  begins: '-13 last 00:00',
  file: skerryFile,
  pace: { 'booking-site': 140, 'booking-api': 48, payments: 210, boarding: 65, timetable: 90, 'ticket-mail': 30, 'sales-reports': 900 },
  troubles: TROUBLES,
  deeds: DEEDS,
};
