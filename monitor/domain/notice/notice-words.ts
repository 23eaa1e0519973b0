/**
 * What ops are told, in plain sentences for whoever is woken by them: what it is, since when, where to look, what to do next. English; times
 * in the zone of the policy. From a row of the outbox to a title of one line, the instant it is about, paragraphs (the first says when, and
 * only that where there is more to say), and a path on the status page. Pure.
 */
import { excerpt } from '../check/excerpt.ts';
import { instantWords } from '../maintenance/words.ts';
import { type Instant, instant } from '../time/instant.ts';
import { lengthText } from '../time/length-text.ts';
import type { NoticeType } from './notice-kind.ts';

type Payload = Readonly<Record<string, unknown>>;

export interface NoticeWords {
  /** One line. */
  readonly title: string;
  /** When it began, where that is not over: for the subject of a mail. */
  readonly since?: Instant | null;
  readonly paragraphs: readonly string[];
  /** Where to look: a path on the status page. */
  readonly path: string;
}
export interface NoticeRow {
  readonly type: NoticeType;
  readonly payload: Payload;
  readonly recordedAt: Instant;
}

const MOST_TITLE = 200;
const MOST_NAMED = 20;

const line = (value: unknown, limit = MOST_TITLE): string => excerpt(String(value ?? ''), limit);
const at = (value: unknown, zone: string): string => (typeof value === 'number' ? instantWords(zone, instant(value)) : line(value, 40));
/** To the second. */
const length = (ms: number): string => {
  // A word rather than no message: whoever reads it has the facts beside it.
  if (!Number.isSafeInteger(ms)) return 'some time';
  const whole = Math.max(0, Math.floor(ms / 1_000) * 1_000);
  return whole === 0 ? 'less than a second' : lengthText(whole);
};
const lasted = (from: unknown, to: unknown): string => length(Number(to) - Number(from));
const instantOr = (value: unknown): Instant | null => (Number.isSafeInteger(value) ? instant(value as number) : null);

type Say = (payload: Payload, zone: string, recordedAt: Instant) => NoticeWords;

const incidentPath = (payload: Payload): string => `/incidents/${line(payload['incident'], 64)}`;
const maintenancePath = (payload: Payload): string => `/maintenance/${line(payload['maintenance'], 64)}`;
const releasePath = (payload: Payload): string => `/releases/${line(payload['version'], 64)}`;

const troubleOf = ({ atStart, lost }: Payload): keyof typeof TROUBLE => (atStart === true ? 'atStart' : lost === true ? 'lost' : 'ailing');
const TROUBLE = {
  atStart: {
    title: 'Avow has started without its store',
    next: 'Nothing is checked and nothing is recorded until it is started again with a good store; the last pages are served with a banner. Do what the reason says, or put a backup in its place (avow restore FILE --replace), then start Avow again. It tells you when it has a store.',
  },
  lost: {
    title: 'Avow has lost its store',
    next: 'Nothing is recorded any more; the last pages are served with a banner. Look at the data folder, then start Avow again (avow doctor tells what is damaged).',
  },
  ailing: {
    title: 'Avow cannot write to its store',
    next: 'Results wait in memory and are written down when the store takes them again. Look at the disk and the rights of the data folder.',
  },
} as const;

const maintenance =
  (did: string): Say =>
  (payload) => ({
    title: `Maintenance ${did}: ${line(payload['title'])}`,
    paragraphs: [`From ${line(payload['start'], 40)} to ${line(payload['end'], 40)}.`],
    path: maintenancePath(payload),
  });

const SAYS: Readonly<Record<NoticeType, Say>> = {
  'incident.opened': (payload, zone) => ({
    title: line(payload['title']),
    since: instantOr(payload['startedAt']),
    paragraphs: [
      `Since ${at(payload['startedAt'], zone)}.`,
      `Tell your customers what you know: avow incident update ${line(payload['incident'], 64)} --body "…". The status page shows it already.`,
    ],
    path: incidentPath(payload),
  }),
  'incident.updated': (payload) => ({
    title: line(payload['title']),
    paragraphs: [line(payload['body'], 2_000)],
    path: incidentPath(payload),
  }),
  'incident.resolved': (payload, zone) => ({
    title: `Over: ${line(payload['title'], MOST_TITLE - 6)}`,
    paragraphs: [
      `It lasted ${lasted(payload['startedAt'], payload['resolvedAt'])}, from ${at(payload['startedAt'], zone)} to ${at(payload['resolvedAt'], zone)}.`,
      `If customers should know the cause, post it: avow incident update ${line(payload['incident'], 64)} --status postmortem --body "…".`,
    ],
    path: incidentPath(payload),
  }),
  'maintenance.announced': maintenance('announced'),
  'maintenance.revised': maintenance('revised'),
  'maintenance.completed': maintenance('completed'),
  'maintenance.cancelled': maintenance('cancelled'),
  'release.published': (payload) => ({
    title: `Release notes of ${line(payload['version'], 64)} are public: ${line(payload['title'], 120)}`,
    paragraphs: [],
    path: releasePath(payload),
  }),
  'release.deployed': (payload) => ({
    title: `Release ${line(payload['version'], 64)} was ${payload['rollback'] === true ? 'taken back' : 'deployed'}`,
    paragraphs: [`At ${line(payload['deployed_at'], 40)}${payload['outside_window'] === true ? ', outside any announced window' : ''}.`],
    path: releasePath(payload),
  }),
  'report.final': () => ({ title: 'A report is final', paragraphs: [], path: '/' }),
  'report.revised': () => ({ title: 'A report was revised', paragraphs: [], path: '/' }),
  'ops.monitor_blind': (payload, zone) => ({
    title: 'Avow is blind: none of its sentinels answers',
    since: instantOr(payload['since']),
    paragraphs: [
      `Since ${at(payload['since'], zone)}.`,
      'Its own network is probably cut off. Look at the network of the machine that runs Avow, then at the addresses under "sentinels" in its configuration.',
      'Until one answers again, of which you are told, failures are no evidence: that time counts as unknown, and no outage is declared.',
    ],
    path: '/',
  }),
  'ops.monitor_sighted': (payload, zone) => ({
    title: 'Avow sees again: a sentinel answers',
    paragraphs: [
      `It was blind for ${lasted(payload['since'], payload['until'])}, from ${at(payload['since'], zone)} to ${at(payload['until'], zone)}. That time is unknown in every figure.`,
    ],
    path: '/',
  }),
  'ops.disk_nearly_full': (payload, zone) => ({
    title: `The disk of the data folder is ${line(payload['percent'], 3)} % full`,
    paragraphs: [
      `Seen at ${at(payload['since'], zone)}; ${line(payload['freeMiB'], 12)} MiB are free.`,
      'Free space on that disk or make it larger. Nothing of Avow needs to be deleted for it.',
      'When nothing is free any more, Avow keeps checking but cannot write results down, and that time becomes unknown.',
    ],
    path: '/',
  }),
  'ops.disk_eased': (payload, zone) => ({
    title: `The disk of the data folder has room again: ${line(payload['percent'], 3)} % are full`,
    paragraphs: [`It was nearly full from ${at(payload['since'], zone)} to ${at(payload['until'], zone)}.`],
    path: '/',
  }),
  'ops.store_trouble': (payload, zone) => ({
    title: TROUBLE[troubleOf(payload)].title,
    since: instantOr(payload['since']),
    paragraphs: [`Since ${at(payload['since'], zone)}: ${line(payload['message'], 500)}`, TROUBLE[troubleOf(payload)].next],
    path: '/',
  }),
  'ops.store_well': (payload, zone) => ({
    title: payload['atStart'] === true ? 'Avow has its store again' : 'Avow writes to its store again',
    paragraphs: [
      `${payload['atStart'] === true ? 'It was without it' : 'It could not'} for ${lasted(payload['since'], payload['until'])}, from ${at(payload['since'], zone)} to ${at(payload['until'], zone)}.`,
    ],
    path: '/',
  }),
  'ops.certificate_expiring': (payload, zone) => {
    const days = Number(payload['days']);
    return {
      title: `The certificate of ${line(payload['name'], 120)} expires in ${days <= 1 ? 'a day or less' : `${days} days or less`}`,
      paragraphs: [
        `It, or one in its chain, is valid until ${at(payload['expiresAt'], zone)}. From then on visitors see a warning instead of your service.`,
        'Renew it, and see that the server presents the new one: the next check will say so on the page of the component.',
      ],
      path: `/components/${line(payload['component'], 64)}`,
    };
  },
  'ops.announcement_missing': (payload, zone) => ({
    title:
      payload['passed'] === true
        ? `Release ${line(payload['version'], 64)}: the time to announce its window has passed`
        : `Release ${line(payload['version'], 64)} is planned, and its window is not announced`,
    paragraphs: [
      `It is planned for ${at(payload['start'], zone)}, and no announced maintenance holds that time. ${
        payload['passed'] === true
          ? `It had to be announced by ${at(payload['deadline'], zone)} to count as excluded; what is announced now counts in part or not at all.`
          : `Announce it by ${at(payload['deadline'], zone)}, or the downtime counts against the promised availability.`
      }`,
      'Announce it with avow maintenance announce, or take the release out of the window with avow release unschedule.',
    ],
    path: '/maintenance',
  }),
  'ops.channel_disabled': (payload) => ({
    title: `Avow no longer sends to ${line(payload['except'], 260)}`,
    paragraphs: [
      `It is disabled because ${line(payload['why'], 300)}. What waited for it is among the dead letters (avow notices list).`,
      'Put the receiver right, then send a test: avow notices test. The first one that arrives enables it again.',
    ],
    path: '/',
  }),
  'ops.told_late': (payload, zone) => {
    const missed = Array.isArray(payload['missed']) ? (payload['missed'] as readonly Payload[]) : [];
    const more = missed.length - MOST_NAMED;
    return {
      title: `${missed.length === 1 ? 'One thing' : `${missed.length} things`} came and went while this channel did not answer`,
      paragraphs: [
        `From ${at(payload['since'], zone)} to ${at(payload['until'], zone)} nothing sent here was taken. Meanwhile these began and ended:`,
        ...missed.slice(0, MOST_NAMED).map((one) => `- ${line(one['title'])} (from ${at(one['since'], zone)})`),
        ...(more > 0 ? [`- and ${more} more`] : []),
        'What still goes on is told by a message of its own.',
      ],
      path: '/history',
    };
  },
  'ops.test': (_payload, zone, recordedAt) => ({
    title: 'A test from Avow',
    paragraphs: [
      `Sent at ${at(recordedAt, zone)} because somebody asked for it. If you read this, the way to you works. Nothing needs to be done.`,
    ],
    path: '/',
  }),
};

export const noticeWords = ({ type, payload, recordedAt }: NoticeRow, zone: string): NoticeWords => {
  const words = SAYS[type](payload, zone, recordedAt);
  return words.title === '' ? { ...words, title: type } : words;
};
