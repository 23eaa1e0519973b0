/** What people of Skerry posted: on outages that the checks had found, and of what no check could see. In the order of time; words of a calendar. */
import type { Deed } from './deed.ts';
import { DEV, INES, PAL } from './skerry-people.ts';

export const INCIDENTS: readonly Deed[] = [
  // -12: found by the checks, explained by people.
  {
    at: '-12 tue2 14:29',
    do: 'take over',
    key: 'full disk',
    of: 'booking-api',
    since: '-12 tue2 14:20',
    status: 'identified',
    title: 'Agencies and apps cannot book',
    body: 'The booking API answers every request with an error. The disk of one database server is full. The booking site is not affected.',
    by: PAL,
  },
  {
    at: '-12 tue2 14:51',
    do: 'post',
    what: 'full disk',
    status: 'monitoring',
    body: 'There is room again, and the server starts. Bookings will work within ten minutes.',
    by: PAL,
  },
  {
    at: '-12 d16 10:00',
    do: 'post',
    what: 'full disk',
    status: 'postmortem',
    body: `From 14:20 to 14:58 Eastern the booking API answered with errors. Bookings on the site went on; about one in five bookings of that hour comes through the API.

A log of slow queries had been switched on a week before and never switched off. It filled the disk of the first database server. The second one did not take over, because the first still answered, only with errors.

What we have changed:

- Logs have a disk of their own, and are cut at 20 GB.
- A disk that is 80 % full now wakes somebody.
- A server that cannot write counts as gone, and the other one takes over.`,
    by: INES,
  },
  // -11: slow answers are no outage to the checks.
  {
    at: '-11 wed4 09:52',
    do: 'open incident',
    key: 'slow API',
    title: 'The booking API is slow',
    body: 'Since 09:30 Eastern the booking API takes about six seconds to answer. Bookings go through. We look for the cause.',
    impacts: { 'booking-api': 'degraded' },
    by: PAL,
  },
  {
    at: '-11 wed4 11:10',
    do: 'post',
    what: 'slow API',
    status: 'identified',
    body: 'The new list of bookings by agency, which came on Saturday, reads far more than it shows. A correction is being tested.',
    by: PAL,
  },
  {
    at: '-11 wed4 12:15',
    do: 'resolve',
    what: 'slow API',
    body: '4.0.2 went to production at 12:04 Eastern. Since 12:10 the API answers as before.',
    by: PAL,
  },
  // -9: works that took longer than announced.
  {
    at: '-9 sat3 12:06',
    do: 'take over',
    key: 'overrun',
    of: 'booking-site',
    since: '-9 sat3 10:00',
    status: 'identified',
    title: 'The new booking site takes longer than announced',
    body: 'The move to the new site was announced until 12:00 Eastern and is not done. Copying the pictures of the harbours takes three times as long as in the rehearsal. We go on; the next word is at 13:00.',
    by: INES,
  },
  {
    at: '-9 sat3 12:58',
    do: 'post',
    what: 'overrun',
    status: 'monitoring',
    body: 'The copy is complete. The site opens within a quarter of an hour.',
    by: INES,
  },
  {
    at: '-9 d23 11:00',
    do: 'post',
    what: 'overrun',
    status: 'postmortem',
    body: `The booking site was away from 10:00 to 13:10 Eastern. Two hours of that were announced; the 70 minutes after them count as downtime.

The rehearsal had a tenth of the pictures. From now on we rehearse with a full copy, announce the time that the rehearsal took and half as much again, and turn back when half of it is over and less than half of the work is done.`,
    by: INES,
  },
  // -7: over midnight, one of two incidents of the same cause.
  {
    at: '-7 last 23:34',
    do: 'take over',
    key: 'midnight',
    of: 'booking-site',
    since: '-7 last 23:20',
    status: 'investigating',
    title: 'Booking cannot be reached',
    body: 'Booking site and booking API accept connections and do not answer. Payments, boarding and the timetable work.',
    impacts: { 'booking-api': 'major_outage' },
    by: PAL,
  },
  {
    at: '-6 d1 00:12',
    do: 'post',
    what: 'midnight',
    status: 'identified',
    body: 'The closing of the month holds a lock on all bookings. We have stopped it, and restart the servers one by one.',
    by: PAL,
  },
  {
    at: '-6 d1 00:41',
    do: 'post',
    what: 'midnight',
    status: 'monitoring',
    body: 'Two of three servers answer.',
    by: PAL,
  },
  {
    at: '-6 d4 15:00',
    do: 'post',
    what: 'midnight',
    status: 'postmortem',
    body: `For 90 minutes over midnight nobody could book. A job that closes the month for agencies locked the table of bookings, and waited for a mail server that did not answer.

- The job now reads from a copy, and locks nothing.
- Whatever waits for a mail server gives up after ten seconds.
- The job runs at 04:00 instead of 23:15.`,
    by: INES,
  },
  // -4: what the checks told wrongly. The title stays: the report of the month has it.
  {
    at: '-3 d11 10:00',
    do: 'take over',
    key: 'health page',
    of: 'payments',
    since: '-4 wed3 03:00',
    status: 'postmortem',
    body: 'Cards went through all night: the acquirer counts 214 payments in that time. The health page of Payments answered 503 because a report for accounting had failed. It no longer asks for that report. The month is corrected, with the approval of two people.',
    by: PAL,
  },
  // -2: nothing that a check could see.
  {
    at: '-2 fri3 07:41',
    do: 'open incident',
    key: 'scanners',
    title: 'Scanners refuse tickets at Lake Orrin',
    body: 'Since about 07:30 Eastern the scanners at Lake Orrin refuse every ticket. Passengers board by the list on paper. Other harbours are not affected.',
    impacts: { boarding: 'partial_outage' },
    by: DEV,
  },
  {
    at: '-2 fri3 07:49',
    do: 'post',
    what: 'scanners',
    status: 'identified',
    body: 'The scanners have the wrong day: a time server at the harbour is off by twelve hours. They are being set by hand.',
    by: PAL,
  },
  {
    at: '-2 fri3 07:56',
    do: 'post',
    what: 'scanners',
    status: 'monitoring',
    body: 'Tickets are accepted again. Scanners that are switched on anew may refuse tickets for a minute.',
    impacts: { boarding: 'degraded' },
    by: PAL,
  },
  {
    at: '-2 fri3 09:20',
    do: 'resolve',
    what: 'scanners',
    body: 'All scanners take their time from us and no longer from the harbour. Both morning departures left on time.',
    by: PAL,
  },
  // -1: an outage that its network provider denies.
  {
    at: '-1 tue2 11:19',
    do: 'take over',
    key: 'provider',
    of: 'booking-site',
    since: '-1 tue2 11:10',
    status: 'investigating',
    title: 'Connections to booking and payments break off',
    body: 'Connections to the booking site and to payments are made and lost again. The booking API works, so agencies can book.',
    impacts: { payments: 'major_outage' },
    by: PAL,
  },
  {
    at: '-1 tue2 11:37',
    do: 'post',
    what: 'provider',
    status: 'identified',
    body: 'All lost connections pass one router of our network provider. We have asked them, and move to the second line.',
    by: PAL,
  },
  {
    at: '-1 tue2 11:54',
    do: 'post',
    what: 'provider',
    status: 'monitoring',
    body: 'Traffic takes the second line. Payments are slow until all of it has moved.',
    impacts: { payments: 'degraded' },
    by: PAL,
  },
  {
    at: '-1 d17 09:00',
    do: 'post',
    what: 'provider',
    status: 'postmortem',
    body: `For 50 minutes booking and payments could not be used. Both of our locations saw it, and so did passengers.

1. Traffic moves to the second line by itself after two minutes; on that day it took a person 44.
2. The provider says that its network was in order. What they gave us is recorded, and has changed nothing so far.`,
    by: INES,
  },
  // Of late: degraded, by hand.
  {
    at: 'now-5d6h',
    do: 'open incident',
    key: 'slow search',
    title: 'The timetable is slow',
    body: 'Searches for departures take five to ten seconds in apps. Departure boards in the harbours are up to date.',
    impacts: { timetable: 'degraded' },
    by: DEV,
  },
  {
    at: 'now-5d5h20m',
    do: 'post',
    what: 'slow search',
    status: 'identified',
    body: 'One app asks for the whole year at every start. Its maker knows, and we answer it from memory until it is changed.',
    by: PAL,
  },
  {
    at: 'now-5d4h30m',
    do: 'resolve',
    what: 'slow search',
    body: 'Searches take less than half a second again.',
    by: PAL,
  },
  // Under the announced window; posts say so to whoever comes by the incident.
  {
    at: 'coming0 10:19',
    do: 'take over',
    key: 'waiting lists',
    of: 'booking-site',
    since: 'coming0 10:10',
    status: 'identified',
    title: 'The booking site is away for the announced works',
    body: 'The checks see what was announced for today: 4.7.0 is being installed, and the booking site is back within half an hour.',
    by: INES,
  },
  {
    at: 'now-25h51m',
    do: 'take over',
    key: 'mail',
    of: 'ticket-mail',
    since: 'now-26h',
    status: 'identified',
    title: 'Tickets by mail arrive late',
    body: 'The mail server does not accept connections: it restarts after an update. Tickets are on the booking site and in the apps; mails are sent as soon as it is back.',
    by: PAL,
  },
  {
    at: 'now-24h30m',
    do: 'post',
    what: 'mail',
    status: 'postmortem',
    body: 'All 312 mails that waited were sent within ten minutes. The update is now installed on Saturdays, in announced windows.',
    by: PAL,
  },
];
