/**
 * A row of the outbox → what is sent to one channel, frozen as text. Pure. For the webhook the body itself, JSON of at most 20 KB:
 * `type`, `timestamp` (when it was recorded), `data` with title, text, link and the facts, names in snake case, instants in ISO 8601.
 * For mail JSON of subject (what, since when) and text (when, where to look, what to do), made into a message when it is sent. Sources: Standard Webhooks 1.0, reliability P32.
 */
import { createHash } from 'node:crypto';
import { clockInZone } from '#domain/maintenance/words.ts';
import { type ChannelKind, kindOfChannel } from '#domain/notice/notice-kind.ts';
import { type NoticeRow, noticeWords } from '#domain/notice/notice-words.ts';
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';

/** Where the links of a message lead, and in which zone it tells times. */
export interface MessageSetting {
  readonly origin: string;
  /** Where the console has a host of its own. */
  readonly consoleOrigin?: string | null;
  readonly zone: string;
}

export const MOST_BODY_BYTES = 20_000;

/** `msg_` and 128 bits of SHA-256 over the row's own key and the channel: the same at every attempt and after every restart. */
export const letterKey = (outboxKey: string, channel: string): string =>
  `msg_${createHash('sha256').update(`${outboxKey}\n${channel}`).digest('hex').slice(0, 32)}`;

const snake = (key: string): string => key.replace(/MiB$/, '_mib').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const INSTANT_KEYS = new Set(['since', 'until', 'start', 'deadline']);
/** Where it is told, and how stories hang together, is our own affair. */
const OURS = new Set(['only', 'except', 'subject', 'told']);

/** Facts as outsiders read them: names in snake case, instants as ISO 8601. */
const outward = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((one) => outward(one));
  if (typeof value === 'number' && (key.endsWith('At') || INSTANT_KEYS.has(key))) return isoOf(instant(value));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !OURS.has(name))
      .map(([name, one]) => [snake(name), outward(one, name)]),
  );
};

const bytes = (text: string): number => Buffer.byteLength(text);

/** The long texts of people give way first; then everything but what is needed to look it up. */
const within = (document: {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}): string => {
  const whole = JSON.stringify(document);
  if (bytes(whole) <= MOST_BODY_BYTES) return whole;
  const { notes: _notes, body: _body, missed: _missed, ...rest } = document.data;
  const shorter = JSON.stringify({ ...document, data: { ...rest, shortened: true } });
  if (bytes(shorter) <= MOST_BODY_BYTES) return shorter;
  const { title, text, link, console } = document.data;
  return JSON.stringify({ ...document, data: { title, text: String(text).slice(0, 4_000), link, console, shortened: true } });
};

const WRITE: Readonly<Record<ChannelKind, (row: NoticeRow, setting: MessageSetting) => string>> = {
  webhook: (row, { origin, consoleOrigin, zone }) => {
    const { title, paragraphs, path, console } = noticeWords(row, zone);
    const facts = outward(row.payload) as Record<string, unknown>;
    const links = { link: `${origin}${path}`, console: `${consoleOrigin ?? origin}${console}` };
    return within({ type: row.type, timestamp: isoOf(row.recordedAt), data: { ...facts, title, text: paragraphs.join('\n\n'), ...links } });
  },
  mail: (row, { origin, consoleOrigin, zone }) => {
    const { title, since, paragraphs, path, console } = noticeWords(row, zone);
    const [first, ...rest] = paragraphs;
    const subject = since ? `${title}, since ${clockInZone(zone, since)}` : title;
    const links = `Console: ${consoleOrigin ?? origin}${console}\nStatus page: ${origin}${path}`;
    const told = `Recorded ${isoOf(row.recordedAt)} (${row.type}).`;
    const parts = [title, ...(first === undefined ? [] : [first]), links, ...rest, `-- \nAvow. ${told}`];
    return JSON.stringify({ subject, text: `${parts.join('\n\n')}\n` });
  },
};

/** A row whose facts cannot be put into words is told without them, rather than holding up what is behind it. */
export const messageFor = (channel: string, row: NoticeRow, setting: MessageSetting): string => {
  const write = WRITE[kindOfChannel(channel)];
  try {
    return write(row, setting);
  } catch {
    return write({ ...row, payload: {} }, setting);
  }
};
