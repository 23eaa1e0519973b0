/** Every English sentence of the pages (those of reports: reports.ts). Other languages are further objects of the same shape (`Words`). */

import type { CheckKind } from '#domain/check/check-definition.ts';
import type { CheckResult, Phase } from '#domain/check/check-result.ts';
import { reasonWords } from '#domain/check/reason.ts';
import type { ComponentState, Overall } from '#domain/sla/overall.ts';
import { lengthText } from '#domain/time/length-text.ts';
import type { Range } from '#monitor/views/component-view.ts';
import type { Cause, IncidentView } from '#monitor/views/status-view.ts';
import { partsOf } from '../../format.ts';
import { apiWords } from './api.ts';
import { badgeWords } from './badges.ts';
import { embedWords } from './embed.ts';
import { feedWords } from './feeds.ts';
import { frameWords } from './frame.ts';
import { are, counted, inside, lengthOf, listed, plural, shortLengthOf } from './grammar.ts';
import { historyWords } from './history.ts';
import { incidentWords } from './incidents.ts';
import { maintenanceWords } from './maintenance.ts';
import { pictureWords } from './picture.ts';
import { releasesWords } from './releases.ts';
import { enReports } from './reports.ts';
import { severityWords } from './severity.ts';
import { slaWords } from './sla.ts';
import { subscribeWords } from './subscribe.ts';
import { widgetWords } from './widget.ts';

const states: Record<ComponentState, string> = {
  operational: 'Operational',
  degraded: 'Degraded',
  partial_outage: 'Partial outage',
  major_outage: 'Outage',
  maintenance: 'Maintenance',
  unknown: 'Unknown',
};

export const en = {
  lang: 'en',
  dir: 'ltr' as 'ltr' | 'rtl',
  skip: 'To the components',
  /** A name that ends in the word already does not say it twice. */
  title: (name: string) => (/\bstatus$/i.test(name) ? name : `${name}: status`),

  headline(overall: Overall, investigating: readonly string[], measured: boolean, awaitsBeat = false): string {
    const troubled = overall.headline === 'down' || overall.headline === 'all_down';
    if (!measured && awaitsBeat) return `Waiting for the first heartbeat of ${inside(listed(overall.unknown, 'component'))}.`;
    if (!measured) return overall.unknown.length === 0 ? 'Nothing is watched yet.' : 'The first checks are running.';
    if (!troubled && investigating.length > 0) return `Looking into ${inside(listed(investigating, 'component'))}: the last check failed.`;
    switch (overall.headline) {
      case 'all_down':
        return overall.down.length === 1 ? `${listed(overall.down, 'component')} is down.` : 'Everything critical is down.';
      case 'down':
        return `${listed(overall.down, 'component')} ${are(overall.down)} down.`;
      case 'degraded':
        return `${listed(overall.degraded, 'component')} ${are(overall.degraded)} degraded.`;
      case 'maintenance':
        return `${listed(overall.maintenance, 'component')} ${are(overall.maintenance)} under maintenance.`;
      case 'partly_unknown':
        return `No trouble seen, but the state of ${inside(listed(overall.unknown, 'component'))} is unknown.`;
      case 'unknown':
        return 'The state is unknown: nothing was measured lately.';
      case 'operational':
        return 'All systems operational.';
    }
  },
  /** What else is unknown while the headline speaks of worse. */
  alsoUnknown: (names: readonly string[]) => `The state of ${inside(listed(names, 'component'))} is unknown.`,
  lastChecked: 'Last checked',
  neverChecked: 'Not checked yet.',
  neverBeat: 'No heartbeat has come yet.',
  timesIn: (zone: string, id: string) => (zone === id ? `Times are in ${zone}.` : `Times are in ${zone} (${id}).`),
  stale: (at: string) => `Data as of ${at}: Avow cannot reach its store. What follows may be out of date.`,
  watchesItself: 'Avow is watching itself. To watch your own service, describe it in',
  watchesItselfThen: 'and start Avow again or send it SIGHUP; the folder docs holds a commented sample.',

  states,
  stateOf: (state: ComponentState, investigating: boolean, measured: boolean) =>
    investigating ? 'Investigating' : state === 'unknown' && !measured ? 'Not yet measured' : states[state],
  /** Behind the state of a component, so in small letters. */
  cause: ({ reason, httpStatus }: Cause) => {
    if (reason === 'paused') return 'not measured: paused';
    return reason === 'awaits_beat' ? 'waits for its first heartbeat' : reasonWords(reason, httpStatus);
  },
  since: (at: string) => `since ${at}`,
  sinceLong: (days: number) => `for more than ${days} days`,

  now: 'What is going on',
  components: 'Components',
  otherComponents: 'Other components',
  barsNote: (from: string) => `One bar is one day, ${from} to today. Open a row of bars for its days in words.`,
  barsLabel: (name: string, days: number) => `The last ${days} days of ${name}`,
  barsSummary(down: number, degraded: number, unknown: number, measuredDays: number): string {
    if (measuredDays === 0) return 'nothing measured yet';
    const parts = [
      down > 0 ? `outages on ${plural(down, 'day')}` : 'no outage',
      ...(degraded > 0 ? [`degraded on ${plural(degraded, 'day')}`] : []),
      ...(unknown > 0 ? [`gaps in measuring on ${plural(unknown, 'day')}`] : []),
    ];
    return `${parts.join(', ')}; ${plural(measuredDays, 'day')} measured`;
  },
  dayTitle: (day: string, parts: readonly string[]) => `${day}: ${parts.join(', ')}`,
  partDown: (length: string) => `${length} down`,
  partDegraded: (length: string) => `${length} degraded`,
  partMaintenance: (length: string) => `${length} maintenance`,
  partUnknown: (length: string) => `${length} not measured`,
  noTroubleDays: (days: number) => (days === 0 ? 'Nothing was measured yet.' : `No trouble on ${plural(days, 'measured day')}.`),
  otherDays: (days: number) => (days === 0 ? '' : `No trouble on the other ${plural(days, 'measured day')}.`),
  olderDays: (days: number) => `${plural(days, 'older day')} with trouble on the page of the component.`,
  tableDay: 'Day',
  tableDown: 'Down',
  tableDegraded: 'Degraded',
  tableMaintenance: 'Maintenance',
  tableUnknown: 'Not measured',
  none: '–',

  unmeasured: 'What we did not measure',
  notMeasured: (what: string | null, from: string, to: string) =>
    what === null ? `We did not measure between ${from} and ${to}.` : `We did not measure ${what} between ${from} and ${to}.`,
  notMeasuredSince: (what: string | null, from: string) =>
    what === null ? `We have not measured anything since ${from}.` : `We have not measured ${what} since ${from}.`,
  moreGaps: (count: number) => `${plural(count, 'more gap')} in the last 24 hours.`,

  past: 'The last 14 days',
  moreIncidents: (count: number) => `${plural(count, 'more incident')} on this day.`,
  noIncidents: 'No incidents.',
  notYetMeasured: 'Not measured.',
  range: (from: string, to: string) => `${from} to ${to}`,
  today: 'Today',
  incidentStatus: {
    investigating: 'Investigating',
    identified: 'Identified',
    monitoring: 'Monitoring',
    resolved: 'Resolved',
    postmortem: 'Postmortem',
  } satisfies Record<IncidentView['updates'][number]['status'], string>,
  openSince: (at: string) => `Since ${at}`,
  /** Of one day: told in full at the top of the page, so only counted here. */
  openAbove: (count: number) =>
    count === 1 ? 'One incident is still open; it is told above.' : `${counted(count)} incidents are still open; they are told above.`,
  lasted: (from: string, to: string, length: string) => `${from} to ${to}, ${length}.`,

  support: 'Support',
  machine: 'Status as JSON',
  measuredBy: 'Measured and published by Avow.',

  kinds: {
    http: 'An HTTP request',
    tcp: 'A TCP connection',
    tls: 'A TLS handshake',
    dns: 'A DNS question',
    heartbeat: 'A heartbeat that the job sends',
    self: 'Avow asking itself',
    store: 'Avow asking its own store',
  } satisfies Record<CheckKind, string>,
  every(ms: number): string {
    const { days, hours, minutes, seconds } = partsOf(ms);
    const single = days + hours + minutes + seconds === 1;
    return single ? (days ? 'day' : hours ? 'hour' : minutes ? 'minute' : 'second') : en.length(ms);
  },
  checkedEvery: (kind: string, every: string, locations: readonly string[]) =>
    locations.length <= 1
      ? `${kind}, every ${every}${locations[0] ? `, from ${locations[0]}` : ''}.`
      : `${kind}, every ${every}, from ${plural(locations.length, 'location')}: ${locations.join(', ')}.`,
  confirmedBy(count: number, quorum: number, locations: number): string {
    const seen = locations > 1 ? `, seen from at least ${plural(quorum, 'location')}` : '';
    if (count === 1) return `One failure makes an outage${seen}; it is dated from that failure.`;
    return `${counted(count)} failures in a row make an outage${seen}; it is dated from the first of them.`;
  },
  sentinelsOff:
    'No sentinel is configured, so an outage of the network in which Avow runs cannot be told from an outage of this component.',
  lastCheck: 'The last check',
  lastCheckAt: (location: string) => `From ${location}`,
  neverYet: 'No check has finished yet.',
  outcome: {
    ok: 'Answered as expected',
    slow: 'Answered, but slowly',
    fail: 'Failed',
    error: 'Could not be made',
  } satisfies Record<CheckResult['outcome'], string>,
  phases: {
    dns: 'Resolve the name',
    connect: 'Connect',
    tls: 'Agree on encryption',
    ttfb: 'Wait for the first byte',
    transfer: 'Receive the rest',
  } satisfies Record<Phase, string>,
  phase: 'Phase',
  took: 'Took',
  together: 'The whole check',
  phasesLabel: 'How the time of the last check was spent',
  status: (code: number) => `HTTP status ${code}`,
  certificate: (day: string, days: number) =>
    days < 0 ? `The certificate expired on ${day}.` : `The certificate is valid until ${day}, ${plural(days, 'day')} from now.`,

  latency: 'How long answers take',
  latencyNote: (from: string) =>
    `Right answers only, measured from ${from}. The line is the median; one answer in twenty took longer than the band.`,
  noLatency: 'No answer has been timed yet.',
  ranges: { '24h': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days' } satisfies Record<Range, string>,
  rangeChoice: 'Range',
  plotLabel: (range: string, median: string, p95: string) =>
    `Latency over ${range}: median ${median}, 95 of 100 within ${p95} at the end of the range`,
  asTable: (range: string) => `${range} as a table`,
  from: 'From',
  median: 'Median',
  within95: '95 of 100 within',
  slowest: 'Slowest',
  answers: 'Answers',

  ninetyDays: 'Ninety days',
  allDays: 'All days as a table',
  stretches: 'Every change of state',
  before: (day: string) => `before ${day}`,
  moreThan: (length: string) => `over ${length}`,
  stretchState: 'State',
  stretchStart: 'From',
  stretchEnd: 'To',
  stretchLength: 'Length',
  lasts: 'now',
  moreStretches: (count: number) => `${plural(count, 'older stretch', 'older stretches')} not shown.`,

  maintenance: maintenanceWords,
  history: historyWords,
  badges: badgeWords,
  feeds: feedWords,
  frame: frameWords,
  incidents: incidentWords,
  picture: pictureWords,
  api: apiWords,
  reports: enReports,
  sla: slaWords,
  severity: severityWords,
  releases: releasesWords,
  widget: widgetWords,
  embed: embedWords,
  subscribe: subscribeWords,

  notFoundTitle: 'There is no such page',
  notFound: 'The address may be mistyped, the component is no longer watched, or nothing was measured in that month.',
  toStatus: (name: string) => `Current status of ${name}`,
  settingUpTitle: 'This status page is being set up.',
  settingUp: 'Nothing has been measured yet. Look again in a minute.',

  length: lengthOf,
  /**
   * What parts a length from the sentence before it, then days, hours, minutes and seconds as `shortLength` writes them; for the script. A
   * last part, where there is one, stands between numbers and units in place of the space.
   */
  units: ', |d|h|min|s',
  /** What lasts, behind its start: ", 18 min". To the minute, because it is written before it is read. */
  openLength: (ms: number): string => (ms < 60_000 ? '' : `, ${en.shortLength(ms - (ms % 60_000))}`),
  shortLength: shortLengthOf,
  exactLength: lengthText,
};

export type Words = typeof en;
