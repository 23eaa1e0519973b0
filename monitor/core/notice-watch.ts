/**
 * What ops are told besides incidents: looked at again and again, decided by the domain, written into the outbox once (keys make a
 * repeated find one row, stories that are open are read at the start). Blindness every five seconds; disk, certificates and missing
 * announcements every minute.
 */
import { statfs } from 'node:fs/promises';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readCertificates } from '#db/queries/certificates.ts';
import { lastEventAbove, lastEventId } from '#db/queries/events.ts';
import { factsOf } from '#db/queries/facts.ts';
import { enqueueOnce, type OutboxMessage, openStory } from '#db/queries/outbox.ts';
import { readReleases } from '#db/queries/releases.ts';
import type { Store } from '#db/store.ts';
import { missingAnnouncements } from '#domain/notice/announcement-missing.ts';
import { blindnessNotice } from '#domain/notice/blindness.ts';
import { certificateWarning } from '#domain/notice/certificate-warning.ts';
import { type DiskUse, diskNotice, percentUsed } from '#domain/notice/disk.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import type { Log } from '#monitor/context.ts';

const LOOK_MS = 5_000;
const SLOW_US = 60_000_000;
const MIB = 1_048_576n;

export interface WatchParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: () => Config;
  readonly diskUse: () => Promise<DiskUse>;
  /** Something was written into the outbox. */
  readonly onNotice: () => void;
}

/** Of the file system that holds a folder. */
export const diskUseOf =
  (folder: string): (() => Promise<DiskUse>) =>
  async () => {
    const { bsize, blocks, bfree, bavail } = await statfs(folder, { bigint: true });
    return { usedBytes: (blocks - bfree) * bsize, freeBytes: bavail * bsize };
  };

const sinceOf = (payload: OutboxMessage['payload'] | null): Instant | null =>
  typeof payload?.['since'] === 'number' ? instant(payload['since']) : null;

export const watchForNotices = (parts: WatchParts): { stop(): Promise<void> } => {
  const { store, clock, log, config, diskUse, onNotice } = parts;
  const stopping = new AbortController();
  const startedAt = clock.now();
  let eventsFrom = 0;
  let blindSince: Instant | null = null;
  let fullSince: Instant | null = null;

  const tell = async (messages: readonly OutboxMessage[], at: Instant): Promise<void> => {
    if (messages.length === 0) return;
    await store.write(messages.map((message) => enqueueOnce(message, at)));
    onNotice();
  };

  const lookAtSight = async (now: Instant): Promise<void> => {
    const said = await lastEventAbove(store, eventsFrom, ['blind', 'sighted'] as const);
    const notice = blindnessNotice({ told: blindSince, said, startedAt }, now);
    if (notice === null) return;
    const { kind, since } = notice;
    const type = kind === 'blind' ? 'ops.monitor_blind' : 'ops.monitor_sighted';
    const more = kind === 'sighted' ? { until: notice.until } : {};
    await tell([{ key: `${type}:${since}`, type, payload: { subject: `blindness:${since}`, since, ...more } }], now);
    blindSince = kind === 'blind' ? since : null;
  };

  const lookAtDisk = async (now: Instant): Promise<void> => {
    const use = await diskUse();
    const notice = diskNotice(fullSince !== null, use);
    if (notice === null) return;
    const full = notice === 'nearly_full';
    const since = fullSince ?? now;
    const type = full ? 'ops.disk_nearly_full' : 'ops.disk_eased';
    const more = full ? {} : { until: now };
    const payload = { subject: `disk:${since}`, since, percent: percentUsed(use), freeMiB: Number(use.freeBytes / MIB), ...more };
    await tell([{ key: `${type}:${since}`, type, payload }], now);
    fullSince = full ? since : null;
  };

  const lookAtCertificates = async (now: Instant): Promise<void> => {
    const seen = (await readCertificates(store)).filter(({ expiresAt }) => certificateWarning(expiresAt, now) !== null);
    const components = seen.length === 0 ? [] : await factsOf(store).components();
    const byId = new Map(components.map((one) => [one.id, one]));
    const messages = seen.flatMap(({ componentId, expiresAt }): OutboxMessage[] => {
      const days = certificateWarning(expiresAt, now);
      const component = byId.get(componentId);
      if (days === null || !component) return [];
      const { slug, name } = component;
      const key = `ops.certificate_expiring:${slug}:${expiresAt}:${days}`;
      return [{ key, type: 'ops.certificate_expiring', payload: { component: slug, name, expiresAt, days } }];
    });
    await tellNew(messages, now);
  };

  const lookAtReleases = async (now: Instant): Promise<void> => {
    const { policy } = config();
    const [announcements, releases] = await Promise.all([readAnnouncements(store), readReleases(store)]);
    const messages = missingAnnouncements(releases, announcements, policy, now).map(
      ({ version, start, slot, deadline, passed }): OutboxMessage => {
        const key = `ops.announcement_missing:${version}:${slot.start}:${passed ? 'passed' : 'approaches'}`;
        return { key, type: 'ops.announcement_missing', payload: { version, start, deadline, passed } };
      },
    );
    await tellNew(messages, now);
  };

  /** Found again every minute, written once: what this process has written it does not write again. */
  const written = new Set<string>();
  const tellNew = async (messages: readonly OutboxMessage[], now: Instant): Promise<void> => {
    const fresh = messages.filter(({ key }) => !written.has(key));
    await tell(fresh, now);
    for (const { key } of fresh) written.add(key);
  };

  const carefully = async (what: string, look: () => Promise<void>): Promise<void> => {
    try {
      await look();
    } catch (cause) {
      if (store.condition.state === 'open') log.warn(`${what} could not be looked at; it is tried again.`, { cause: String(cause) });
    }
  };
  const rounds = async (): Promise<void> => {
    for (;;) {
      try {
        eventsFrom = await lastEventId(store);
        blindSince = sinceOf(await openStory(store, 'ops.monitor_blind', 'ops.monitor_sighted'));
        fullSince = sinceOf(await openStory(store, 'ops.disk_nearly_full', 'ops.disk_eased'));
        break;
      } catch {
        await clock.sleep(LOOK_MS, stopping.signal);
      }
    }
    for (let slowUs = Number.NEGATIVE_INFINITY; ; ) {
      const now = clock.now();
      await carefully('Whether the monitor sees', () => lookAtSight(now));
      if (clock.monotonicUs() - slowUs >= SLOW_US) {
        slowUs = clock.monotonicUs();
        await carefully('The disk of the data folder', () => lookAtDisk(now));
        await carefully('The dates of certificates', () => lookAtCertificates(now));
        await carefully('What releases are planned for', () => lookAtReleases(now));
      }
      await clock.sleep(LOOK_MS, stopping.signal);
    }
  };
  // Ends by the abort alone: whatever a look throws is told above.
  const ended = rounds().catch(() => undefined);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};
