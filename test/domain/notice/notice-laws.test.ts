/** Laws of telling: the retry schedule, Retry-After, folding, disk, certificates, blindness, addresses and secrets. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consequenceOf, DISABLE_AFTER, failed } from '#domain/notice/attempt.ts';
import { blindnessNotice, SETTLED_AFTER } from '#domain/notice/blindness.ts';
import { certificateWarning } from '#domain/notice/certificate-warning.ts';
import { diskNotice, percentUsed } from '#domain/notice/disk.ts';
import { type Backlogged, fold } from '#domain/notice/folding.ts';
import { readMailAddress } from '#domain/notice/mail-address.ts';
import { hears, NOTICE_KINDS, type NoticePart, type NoticeType } from '#domain/notice/notice-kind.ts';
import { noticeWords } from '#domain/notice/notice-words.ts';
import { JITTER, MOST_ATTEMPTS, retryAfterOf, WAITS, waitAfter } from '#domain/notice/retry.ts';
import { secretFault } from '#domain/notice/signing-key.ts';
import { DAY, HOUR, instant } from '#domain/time/instant.ts';

const NOW = instant(Date.UTC(2026, 10, 24, 12));
const well = { failingSince: null, disabledAt: null };

describe('retries', () => {
  test('the first is after 5 seconds, the last wait is 24 hours, and all of them are about three days', () => {
    expect(WAITS[0]).toBe(5_000);
    expect(WAITS.at(-1)).toBe(24 * HOUR);
    const sum = WAITS.reduce((total, wait) => total + wait, 0);
    expect(sum).toBeGreaterThan(2.5 * DAY);
    expect(sum).toBeLessThan(3.5 * DAY);
    expect(MOST_ATTEMPTS).toBe(14);
  });
  test('jitter moves a wait by a tenth at most, and Retry-After only ever prolongs it, up to a day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.nat(10 * DAY)),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, after, chance) => {
          const wait = waitAfter(attempts, after, chance);
          const base = WAITS[attempts - 1];
          if (base === undefined) {
            expect(wait).toBeNull();
            return;
          }
          expect(wait).toBeGreaterThanOrEqual(Math.max(Math.floor(base * (1 - JITTER)), Math.min(after ?? 0, DAY)));
          expect(wait).toBeLessThanOrEqual(Math.max(Math.ceil(base * (1 + JITTER)), Math.min(after ?? 0, DAY)));
        },
      ),
    );
  });
  test.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['Tue, 24 Foo 2026 12:00:30 GMT', null],
    ['-5', null],
    ['1e3', null],
    ['soon', null],
    ['', null],
    [null, null],
  ])('Retry-After %j asks for %j ms', (header, wanted) => {
    expect(retryAfterOf(header, NOW)).toBe(wanted);
  });
});

describe('an attempt', () => {
  test('five days of failure disable, one millisecond less does not', () => {
    const attempted = { attempts: 3, test: false, chance: 0.5 };
    const since = instant(NOW - DISABLE_AFTER);
    expect(consequenceOf(failed('x'), { ...attempted, at: NOW }, { ...well, failingSince: since }).disabled).not.toBeNull();
    expect(consequenceOf(failed('x'), { ...attempted, at: instant(NOW - 1) }, { ...well, failingSince: since }).disabled).toBeNull();
  });
  test('a success ends the failing; only a test enables what was disabled', () => {
    const disabled = { failingSince: NOW, disabledAt: NOW };
    const attempted = { attempts: 1, at: instant(NOW + HOUR), chance: 0 };
    expect(consequenceOf({ delivered: true }, { ...attempted, test: true }, disabled)).toMatchObject({
      health: well,
      recoveredAfter: HOUR,
    });
    expect(consequenceOf({ delivered: true }, { ...attempted, test: false }, disabled)).toMatchObject({
      health: disabled,
      recoveredAfter: null,
    });
    expect(consequenceOf({ delivered: true }, { ...attempted, test: false }, { ...well, failingSince: NOW })).toMatchObject({
      health: well,
      recoveredAfter: HOUR,
    });
  });
  test('nothing waits for a channel that is disabled', () => {
    expect(
      consequenceOf(failed('x'), { attempts: 1, test: false, at: NOW, chance: 0 }, { failingSince: NOW, disabledAt: NOW }),
    ).toMatchObject({ state: 'dead', disabled: null });
  });
});

describe('folding', () => {
  const part = fc.constantFrom<NoticePart>('opens', 'updates', 'closes', 'tells');
  /** Stories as they can be: a beginning at most once and first, an end at most once, updates anywhere after the beginning. */
  const storyOf = (subject: string) =>
    fc
      .record({ begins: fc.boolean(), before: fc.nat(3), ends: fc.boolean(), after: fc.nat(2) })
      .map(({ begins, before, ends, after }) => [
        ...(begins ? [{ subject, part: 'opens' as const }] : []),
        ...Array.from({ length: before }, () => ({ subject, part: 'updates' as const })),
        ...(ends
          ? [{ subject, part: 'closes' as const }, ...Array.from({ length: after }, () => ({ subject, part: 'updates' as const }))]
          : []),
      ]);
  const backlog = fc
    .tuple(
      storyOf('a'),
      storyOf('b'),
      storyOf('c'),
      fc.array(
        part.map(() => ({ subject: null, part: 'tells' as const })),
        { maxLength: 3 },
      ),
    )
    .chain((lists) => fc.tuple(fc.constant(lists), fc.infiniteStream(fc.nat(3))))
    .map(([lists, picks]) => {
      const left: { subject: string | null; part: NoticePart }[][] = lists.map((list) => [...list]);
      const rows: Backlogged[] = [];
      for (const pick of picks) {
        if (left.every((list) => list.length === 0)) break;
        const one = left[pick]?.shift();
        if (one) rows.push({ id: rows.length + 1, ...one });
      }
      return rows;
    });
  const told = fc.subarray(['a', 'b', 'c']).map((subjects) => new Set(subjects));

  test('per subject at most a beginning, an end and a last word are left; a summary names exactly the stories that are dropped whole', () => {
    fc.assert(
      fc.property(backlog, told, (rows, opened) => {
        const { dropped, missed } = fold(rows, opened);
        for (const subject of ['a', 'b', 'c']) {
          const mine = rows.filter((one) => one.subject === subject);
          const left = mine.filter(({ id }) => !dropped.includes(id));
          expect(left.length).toBeLessThanOrEqual(3);
          const begins = mine.find((one) => one.part === 'opens');
          const ends = mine.find((one) => one.part === 'closes');
          const over = ends !== undefined && !opened.has(subject);
          expect(missed.some((id) => id === begins?.id || id === ends?.id)).toBe(over);
          if (over) expect(left).toEqual([]);
          // The latest state is never lost.
          else expect(left.at(-1)).toEqual(mine.at(-1));
          // An end stays with a beginning: before it in what is left, or told long ago, as it was before the folding.
          if (begins && !over) expect(left[0]).toEqual(begins);
        }
        expect(rows.filter(({ subject, id }) => subject === null && dropped.includes(id))).toEqual([]);
      }),
    );
  });
  test('what is folded once is folded: a second time changes nothing', () => {
    fc.assert(
      fc.property(backlog, told, (rows, opened) => {
        const { dropped } = fold(rows, opened);
        expect(
          fold(
            rows.filter(({ id }) => !dropped.includes(id)),
            opened,
          ),
        ).toEqual({ dropped: [], missed: [] });
      }),
    );
  });
});

describe('the disk', () => {
  test('is nearly full at 90 % exactly, has room below 85 %, and between the two nothing is told', () => {
    const use = (used: bigint) => ({ usedBytes: used, freeBytes: 1_000n - used });
    expect(diskNotice(false, use(899n))).toBeNull();
    expect(diskNotice(false, use(900n))).toBe('nearly_full');
    expect(diskNotice(true, use(850n))).toBeNull();
    expect(diskNotice(true, use(849n))).toBe('eased');
    expect(percentUsed(use(899n))).toBe(90);
    expect(diskNotice(false, { usedBytes: 0n, freeBytes: 0n })).toBeNull();
  });
  test('whatever it does, beginnings and ends alternate', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 1_000n)), (uses) => {
        let told = false;
        for (const used of uses) {
          const notice = diskNotice(told, { usedBytes: used, freeBytes: 1_000n - used });
          if (notice === null) continue;
          expect(notice).toBe(told ? 'eased' : 'nearly_full');
          told = !told;
        }
      }),
    );
  });
});

test.each([
  [22 * DAY, null],
  [21 * DAY + 1, null],
  [21 * DAY, 21],
  [7 * DAY + 1, 21],
  [7 * DAY, 7],
  [3 * DAY, 3],
  [1 * DAY + 1, 3],
  [1 * DAY, 1],
  [1, 1],
  [0, null],
  [-DAY, null],
])('a certificate that is valid for another %d ms is told at the threshold of %j days', (left, wanted) => {
  expect(certificateWarning(instant(NOW + left), NOW)).toBe(wanted);
});

test('blindness is told once, its end once, across restarts too', () => {
  const startedAt = NOW;
  const at = instant(NOW + 1_000);
  expect(blindnessNotice({ told: null, said: null, startedAt }, at)).toBeNull();
  expect(blindnessNotice({ told: null, said: { kind: 'sighted', at }, startedAt }, at)).toBeNull();
  expect(blindnessNotice({ told: null, said: { kind: 'blind', at }, startedAt }, at)).toEqual({ kind: 'blind', since: at });
  expect(blindnessNotice({ told: NOW, said: { kind: 'blind', at }, startedAt }, at)).toBeNull();
  expect(blindnessNotice({ told: NOW, said: { kind: 'sighted', at }, startedAt }, at)).toEqual({ kind: 'sighted', since: NOW, until: at });
  const settled = instant(NOW + SETTLED_AFTER);
  expect(blindnessNotice({ told: NOW, said: null, startedAt }, instant(settled - 1))).toBeNull();
  expect(blindnessNotice({ told: NOW, said: null, startedAt }, settled)).toEqual({ kind: 'sighted', since: NOW, until: settled });
});

describe('a mail address', () => {
  test.each(['ops@example.com', 'ops+avow@mail.example.com', "o'brien@example.co.uk", 'root@localhost', 'a@b.c'])('%s is one', (text) => {
    expect(readMailAddress(text)).toBe(text);
  });
  test.each([
    '',
    '@',
    'ops',
    'ops@',
    '@example.com',
    'ops@example',
    'ops@@example.com',
    'ops@example..com',
    '.ops@example.com',
    'ops.@example.com',
    'o..ps@example.com',
    'ops@-example.com',
    'ops@127.0.0.1',
    'ops@[127.0.0.1]',
    '"ops"@example.com',
    '"ops@evil.test x"@example.com',
    'Ops <ops@example.com>',
    'ops@example.com, thief@example.com',
    'ops@example.com;thief@example.com',
    'ops@example.com\r\nBcc: thief@example.com',
    'ops@example.com\n',
    'öps@example.com',
    'ops@exämple.com',
    'ops(comment)@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b.'.repeat(130)}com`,
  ])('%j is none', (text) => {
    expect(readMailAddress(text)).toBeNull();
  });
  test('whatever is accepted has one "@", no blank, no control character and no separator', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.emailAddress()), (text) => {
        const read = readMailAddress(text);
        if (read !== null) expect(read).toMatch(/^[\x21-\x7e]+$/);
        if (read !== null) expect(read.split('@')).toHaveLength(2);
        if (read !== null) expect(read).not.toMatch(/[<>(),;:\\"[\]]/);
      }),
      { numRuns: 10_000 },
    );
  });
});

test('a secret is whsec_ and base64 of 24 to 64 bytes; what is wrong with one is said without it', () => {
  const of = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 5).toString('base64')}`;
  for (const bytes of [24, 32, 64]) expect(secretFault(of(bytes))).toBeNull();
  expect(secretFault(of(23))).toBe('stands for a secret of 23 bytes, and 24 to 64 are wanted');
  expect(secretFault(of(65))).toBe('stands for a secret of 65 bytes, and 24 to 64 are wanted');
  expect(secretFault('canary')).toBe('stands for a secret that does not begin with "whsec_"');
  expect(secretFault('whsec_canary-canary')).toBe('stands for a secret whose part after "whsec_" is no base64');
});

describe('words', () => {
  const types = Object.keys(NOTICE_KINDS) as NoticeType[];
  test.each(types)('%s has a title of one line and says where to look, whatever its payload holds', (type) => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('title', 'incident', 'version', 'name', 'why', 'message', 'missed', 'since', 'startedAt'),
          fc.oneof(fc.string(), fc.nat()),
        ),
        (payload) => {
          const { title, paragraphs, path } = noticeWords({ type, payload, recordedAt: NOW }, 'America/New_York');
          expect(title).not.toBe('');
          expect(title).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
          expect(path.startsWith('/')).toBe(true);
          for (const paragraph of paragraphs) expect(paragraph).not.toMatch(/undefined|NaN|[\p{Cc}]/u);
        },
      ),
    );
  });
  test('reports are told to nobody here, and what is said of one channel goes where it belongs', () => {
    expect(hears('webhook', 'report.final', {})).toBe(false);
    expect(hears('mail:a@example.com', 'maintenance.announced', {})).toBe(false);
    expect(hears('webhook', 'ops.channel_disabled', { except: 'webhook' })).toBe(false);
    expect(hears('mail:a@example.com', 'ops.channel_disabled', { except: 'webhook' })).toBe(true);
    expect(hears('mail:a@example.com', 'ops.told_late', { only: 'webhook' })).toBe(false);
  });
});
