/** The configuration file of Skerry, an invented booking platform for ferries, as it stood at any instant of the scenario. */
import type { Calendar } from './calendar.ts';

/** What came later than the first check, and when. */
export const SECOND_LOCATION = '-4 d3 09:00';
export const AMENDMENT_AGREED = '-6 d10 11:00';
export const SECOND_TOKYO_CONTRACT = '-5 d20 02:00';
export const THIRD_TOKYO_CONTRACT = '-1 d11 02:00';

const BEGINNING = `page:
  name: Skerry status
  description: Skerry sells places on ferries. An invented company; everything on this page was made up by a script.
  url: https://skerry.example/
policy:
  zone: America/New_York
  target: 99.5
  reserve: { weekday: SAT, start: "10:00", duration: 5h }
  notice: 0s
support:
  - { kind: telephone, label: "+1 555 555 0142 (severity 1 is reported here)", link: "tel:+15555550142" }
  - { kind: email, label: help@skerry.example, link: "mailto:help@skerry.example" }
  - { kind: chat, label: Chat, link: "https://skerry.example/chat" }
  - { kind: online, label: Requests, link: "https://skerry.example/requests" }
groups: [Booking, On board, Back office]
components:
  - { name: Booking site, slug: booking-site, group: Booking, description: Where passengers book., http: "https://booking.skerry.example/" }
  - { name: Booking API, slug: booking-api, group: Booking, description: Where agencies and apps book., http: "https://api.skerry.example/health" }
  - { name: Payments, slug: payments, group: Booking, description: Cards and refunds., http: "https://pay.skerry.example/health" }
  - { name: Boarding, slug: boarding, group: On board, description: Scanners at the ramp., http: "https://boarding.skerry.example/health" }
  - { name: Timetable, slug: timetable, group: On board, description: Departures and delays., interval: 5m, http: "https://timetable.skerry.example/" }
  - { name: Ticket mail, slug: ticket-mail, group: Back office, critical: false, interval: 5m, tcp: "mail.skerry.example:587" }
  - { name: Sales reports, slug: sales-reports, group: Back office, critical: false, interval: 5m, degraded: 8s, http: "https://reports.skerry.example/" }
sentinels: ["192.0.2.1:443", "198.51.100.1:443"]
evidence_days: 600
credit_schedules:
  - { id: standard, tiers: [{ below: 99.5, credit: 10 }, { below: 99, credit: 25 }, { below: 95, credit: 50 }], cap: 50 }
  - { id: strict, tiers: [{ below: 99.8, credit: 5 }, { below: 99.5, credit: 15 }, { below: 99, credit: 30 }], cap: 60, min_credit: "10" }
  - { id: stricter, tiers: [{ below: 99.9, credit: 5 }, { below: 99.5, credit: 15 }, { below: 99, credit: 30 }], cap: 60, min_credit: "10" }
customers:
  - { id: lake-orrin, name: Lake Orrin Crossings }
  - { id: nordhaff, name: Reederei Nordhaff }
  - { id: kazehaya, name: Kazehaya Ferry }
`;

const ALL = '[booking-site, booking-api, payments, boarding, timetable, ticket-mail, sales-reports]';

export const skerryFile = (calendar: Calendar, at: Calendar['now']): string => {
  const { month } = calendar;
  const since = (when: string, text: string): string => (at >= calendar.at(when) ? text : '');
  return `${BEGINNING}locations:
  - { name: Bergen, local: true }
${since(SECOND_LOCATION, '  - { name: Halifax }\n')}contracts:
  - id: lake-orrin-main
    customer: lake-orrin
    currency: USD
    monthly_fee: "4800.00"
    from: ${month(-12)}-01
    components: ${ALL}
    credits: standard
  - id: nordhaff-main
    customer: nordhaff
    currency: EUR
    monthly_fee: "3900.00"
    from: ${month(-12)}-01
    zone: Europe/Berlin
    target: 99.8
    count_degraded: true
    components: [booking-site, booking-api, payments]
    credits: strict
    claim: { required: true, days: 30 }
${since(AMENDMENT_AGREED, `    amendments:\n      - { from: ${month(-5)}, target: 99.9, credits: stricter, monthly_fee: "4250.00" }\n`)}  - id: kazehaya-pilot
    customer: kazehaya
    currency: JPY
    monthly_fee: "380000"
    from: ${month(-11)}-17
    to: ${month(-5)}-28
    zone: Asia/Tokyo
    components: [booking-site, booking-api, boarding]
    credits: standard
${since(
  SECOND_TOKYO_CONTRACT,
  `  - id: kazehaya-fleet
    customer: kazehaya
    currency: JPY
    monthly_fee: "620000"
    from: ${month(-4)}-01
    zone: Asia/Tokyo
    components: [booking-site, booking-api, payments, boarding, timetable]
    credits: standard
`,
)}${since(
  THIRD_TOKYO_CONTRACT,
  `  - id: kazehaya-reports
    customer: kazehaya
    currency: JPY
    monthly_fee: "45000"
    from: ${month(1)}-01
    zone: Asia/Tokyo
    components: [sales-reports]
    critical: [sales-reports]
`,
)}`;
};
