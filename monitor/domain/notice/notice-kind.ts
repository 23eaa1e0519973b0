/**
 * Every type of the outbox, and how it is told: which part it plays in its subject's story, what its subject is, and who hears it.
 * A story is opened, updated and closed; whoever was not told the beginning is not told the rest (reliability P6). The names are a
 * contract with receivers of webhooks: append, never rename.
 */

/** `tells`: complete in itself, though told in the order of its subject when it has one. */
export type NoticePart = 'opens' | 'updates' | 'closes' | 'tells';
export type ChannelKind = 'webhook' | 'mail';

type Payload = Readonly<Record<string, unknown>>;
interface Kind {
  readonly part: NoticePart;
  /** What the story is of; null: it stands alone. */
  readonly subject: (payload: Payload) => string | null;
  readonly heard: readonly ChannelKind[];
}

const of =
  (word: string, key: string) =>
  (payload: Payload): string =>
    `${word}:${String(payload[key])}`;
const alone = (): null => null;
const story = (payload: Payload): string => String(payload['subject']);
const ALL = ['webhook', 'mail'] as const;
const MACHINES = ['webhook'] as const;

const kind = (part: NoticePart, subject: Kind['subject'], heard: Kind['heard']): Kind => ({ part, subject, heard });
const incident = of('incident', 'incident');
const maintenance = of('maintenance', 'maintenance');
const release = of('release', 'version');

export const NOTICE_KINDS = {
  'incident.opened': kind('opens', incident, ALL),
  'incident.updated': kind('updates', incident, MACHINES),
  'incident.resolved': kind('closes', incident, ALL),
  'maintenance.announced': kind('tells', maintenance, MACHINES),
  'maintenance.revised': kind('tells', maintenance, MACHINES),
  'maintenance.completed': kind('tells', maintenance, MACHINES),
  'maintenance.cancelled': kind('tells', maintenance, MACHINES),
  'release.published': kind('tells', release, MACHINES),
  'release.deployed': kind('tells', release, MACHINES),
  // Reports are the affair of account managers, who are told later and elsewhere.
  'report.final': kind('tells', alone, []),
  'report.revised': kind('tells', alone, []),
  'ops.monitor_blind': kind('opens', story, ALL),
  'ops.monitor_sighted': kind('closes', story, ALL),
  'ops.disk_nearly_full': kind('opens', story, ALL),
  'ops.disk_eased': kind('closes', story, ALL),
  'ops.store_trouble': kind('opens', story, ALL),
  'ops.store_well': kind('closes', story, ALL),
  'ops.start_refused': kind('tells', alone, ALL),
  'ops.certificate_expiring': kind('tells', alone, ALL),
  'ops.announcement_missing': kind('tells', alone, ALL),
  'ops.channel_disabled': kind('tells', alone, ALL),
  'ops.told_late': kind('tells', alone, ALL),
  'ops.test': kind('tells', alone, ALL),
} as const satisfies Record<string, Kind>;

export type NoticeType = keyof typeof NOTICE_KINDS;

export const isNoticeType = (text: string): text is NoticeType => Object.hasOwn(NOTICE_KINDS, text);

/** Name of a channel: `webhook`, or `mail:` and the address. */
export const kindOfChannel = (channel: string): ChannelKind => (channel === 'webhook' ? 'webhook' : 'mail');

/** Whether `channel` hears it. `payload.only` and `payload.except` name channels: what is said of one channel is told to that one, or to the others. */
export const hears = (channel: string, type: NoticeType, payload: Payload): boolean =>
  (NOTICE_KINDS[type].heard as readonly ChannelKind[]).includes(kindOfChannel(channel)) &&
  payload['except'] !== channel &&
  (payload['only'] === undefined || payload['only'] === channel);
