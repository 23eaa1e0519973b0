/** How trouble of Avow itself is told, and that it is over: its sight, its disk, its store, its channels; certificates that run out, and a test. */
import type { NoticeType } from './notice-kind.ts';
import { at, fromTo, HOME, instantOr, lasted, line, type Payload, type Say, UNKNOWN } from './notice-text.ts';

const MOST_NAMED = 20;

const troubleOf = ({ atStart, lost, ended }: Payload): keyof typeof TROUBLE =>
  atStart === true ? (ended === true ? 'ended' : 'atStart') : lost === true ? 'lost' : 'ailing';
const GOOD_STORE =
  'Do what the reason says, or put a backup in its place (avow restore FILE --replace), then start Avow again. You are told when it has its store.';
const TROUBLE = {
  atStart: {
    title: 'Nothing is checked: Avow has started without its store',
    means: `Nothing is checked and nothing is recorded; ${UNKNOWN}. Customers see the last pages, with a banner that says how old they are.`,
    next: GOOD_STORE,
  },
  ended: {
    title: 'Nothing is checked: Avow could not start without its store',
    means: `The start has ended: nothing is checked, and no page is served.`,
    next: GOOD_STORE,
  },
  lost: {
    title: 'Nothing is recorded: Avow has lost its store',
    means: `Nothing is recorded any more; ${UNKNOWN}. Customers see the last pages, with a banner that says how old they are.`,
    next: 'Look at the data folder on the machine that runs Avow, then start Avow again. avow doctor tells what is damaged; avow restore FILE --replace puts a backup in its place.',
  },
  ailing: {
    title: 'Nothing is recorded: the store cannot be written',
    means: `Checks go on. Their results wait in memory and are written down when the store takes them again; what does not fit there is lost, and ${UNKNOWN}. Outages are neither declared nor ended meanwhile.`,
    next: 'Look at the disk and the rights of the data folder on the machine that runs Avow. Do not start Avow anew before that: what waits is in its memory alone. You are told when the store takes it.',
  },
} as const;

export const AVOW_WORDS = {
  'ops.monitor_blind': (payload, zone) => ({
    title: 'The monitor is blind: none of its sentinels answers',
    since: instantOr(payload['since']),
    paragraphs: [
      `Since ${at(payload['since'], zone)}.`,
      `Your service may be up or down: Avow cannot see it. Until a sentinel answers again failures are no evidence, no outage is declared, and ${UNKNOWN}.`,
      'Its own network is probably cut off. Look at the network of the machine that runs Avow, then at the addresses under "sentinels" in its configuration; look at your service from elsewhere. You are told when Avow sees again.',
    ],
    ...HOME,
  }),
  'ops.monitor_sighted': (payload, zone) => ({
    title: `The monitor sees again after ${lasted(payload['since'], payload['until'])}`,
    paragraphs: [
      `It was blind ${fromTo(payload['since'], payload['until'], zone)}.`,
      'That time is unknown in every figure, neither up nor down. What is down now is told by a message of its own.',
      'Nothing needs to be done.',
    ],
    ...HOME,
  }),
  'ops.disk_nearly_full': (payload, zone) => ({
    title: `The disk of the data folder is ${line(payload['percent'], 3)} % full`,
    paragraphs: [
      `Seen at ${at(payload['since'], zone)}; ${line(payload['freeMiB'], 12)} MiB are free.`,
      `Nothing is lost yet. When nothing is free any more, Avow keeps checking but cannot write results down, and ${UNKNOWN}.`,
      'Free space on that disk, or make it larger. Nothing of Avow needs to be deleted for it. You are told when it is below 85 %.',
    ],
    ...HOME,
  }),
  'ops.disk_eased': (payload, zone) => ({
    title: `The disk of the data folder has room again: ${line(payload['percent'], 3)} % are full`,
    paragraphs: [`It was nearly full ${fromTo(payload['since'], payload['until'], zone)}.`, 'Nothing needs to be done.'],
    ...HOME,
  }),
  'ops.store_trouble': (payload, zone) => {
    const { title, means, next } = TROUBLE[troubleOf(payload)];
    return {
      title,
      since: instantOr(payload['since']),
      paragraphs: [`Since ${at(payload['since'], zone)}: ${line(payload['message'], 500)}`, means, next],
      ...HOME,
    };
  },
  'ops.store_well': (payload, zone) => {
    const [long, when] = [lasted(payload['since'], payload['until']), fromTo(payload['since'], payload['until'], zone)];
    return payload['atStart'] === true
      ? {
          title: `Avow has its store again after ${long}`,
          paragraphs: [
            `It was without it ${when}.`,
            'Nothing was checked in that time: it is unknown in every figure, neither up nor down.',
            'Nothing needs to be done.',
          ],
          ...HOME,
        }
      : {
          title: `Results are recorded again after ${long}`,
          paragraphs: [
            `The store could not be written ${when}.`,
            'What waited in memory is written down; what did not fit there is unknown in every figure, neither up nor down.',
            'Nothing needs to be done.',
          ],
          ...HOME,
        };
  },
  'ops.start_refused': (payload, zone) => ({
    title:
      payload['holderAnswers'] === true
        ? 'A second Avow was started, and ended: the first one has the store'
        : 'Avow could not start: another process holds its store, and does not answer',
    paragraphs: [
      `At ${at(payload['since'], zone)}: ${line(payload['message'], 500)}`,
      ...(payload['holderAnswers'] === true
        ? [
            'The Avow that has the store answers: it checks, and customers see its page. Nothing is lost.',
            'Find out what starts a second one (another service, a container with the same folder, a person), and stop that. You are not told again while the same process has the store.',
          ]
        : [
            'No Avow answers there: either it hangs, or that process is another program, such as a database tool. Either way nothing may be checked, and customers may see no page.',
            'See whether the status page answers. If it does not, end the process that is named, then start Avow again. You are not told again while the same process has the store.',
          ]),
    ],
    ...HOME,
  }),
  'ops.certificate_expiring': (payload, zone) => {
    const days = Number(payload['days']);
    const component = line(payload['component'], 64);
    return {
      title: `The certificate of ${line(payload['name'], 120)} expires within ${days <= 1 ? 'a day' : `${days} days`}`,
      paragraphs: [
        `It, or one in its chain, is valid until ${at(payload['expiresAt'], zone)}.`,
        'From then on visitors see a warning instead of your service, the check fails, and that counts as downtime.',
        'Renew it, and see that the server presents the new one: the next check says so on the page of the component.',
      ],
      path: `/components/${component}`,
      console: `/admin/components/${component}`,
    };
  },
  'ops.channel_disabled': (payload, zone, recordedAt) => ({
    title: `Nothing is sent to ${payload['except'] === 'webhook' ? 'the webhook' : line(payload['except'], 160).replace('mail:', '')} any more`,
    paragraphs: [
      `It is disabled since ${at(recordedAt, zone)}, because ${line(payload['why'], 300)}.`,
      'Whoever listens there hears of no outage any more. What waited for it is among the dead letters (avow notices list).',
      'Put the receiver right, then send a test, in the console or with avow notices test. The first one that arrives enables it again.',
    ],
    path: '/',
    console: '/admin/notices',
  }),
  'ops.told_late': (payload, zone) => {
    const missed = Array.isArray(payload['missed']) ? (payload['missed'] as readonly Payload[]) : [];
    const more = missed.length - MOST_NAMED;
    return {
      title: `${missed.length === 1 ? 'One thing' : `${missed.length} things`} came and went while this channel did not answer`,
      paragraphs: [
        `Nothing that was sent here was taken ${fromTo(payload['since'], payload['until'], zone)}.`,
        'Meanwhile these began and ended:',
        ...missed.slice(0, MOST_NAMED).map((one) => `- ${line(one['title'])} (told at ${at(one['since'], zone)})`),
        ...(more > 0 ? [`- and ${more} more`] : []),
        'What still goes on is told by a message of its own. Nothing needs to be done but to read the history.',
      ],
      path: '/history',
      console: '/admin/incidents',
    };
  },
  'ops.test': (_payload, zone, recordedAt) => ({
    title: 'A test: this is how Avow reaches you',
    paragraphs: [
      `Sent at ${at(recordedAt, zone)} because somebody asked for it. If you read this, the way to you works. Nothing needs to be done.`,
    ],
    path: '/',
    console: '/admin/notices',
  }),
} as const satisfies Partial<Record<NoticeType, Say>>;
