import { describe, expect, it } from 'vitest';
import { type Announcement, judgeAnnouncement } from '#domain/sla/announcement.ts';
import { millis } from '#domain/time/instant.ts';
import { contains } from '#domain/time/interval.ts';
import { isoOf } from '#domain/time/iso.ts';
import { announced, at, policy, stretch } from './examples.ts';

/** Saturday 15 August 2026: the slot is 10:00 to 15:00 Eastern, 14:00Z to 19:00Z. */
const long = '2026-08-01T00:00:00Z';
const judge = (announcement: Announcement, noticeMs = 0): { counts: string[]; not: string[] } => {
  const { effective, refused } = judgeAnnouncement(announcement, policy.reserve, millis(noticeMs));
  const text = ({ start, end }: { start: Parameters<typeof isoOf>[0]; end: Parameters<typeof isoOf>[0] }): string =>
    `${isoOf(start).slice(8, 19)}-${isoOf(end).slice(11, 19)}`;
  return {
    counts: effective.map((part) => `${text(part)} rev ${part.rev}`),
    not: refused.map((part) => `${text(part)} ${part.reason}`),
  };
};
const on15 = (recordedAt: string, start: string, end: string): Announcement =>
  announced('m', recordedAt, `2026-08-15T${start}:00Z`, `2026-08-15T${end}:00Z`);

describe('an announcement', () => {
  it('in time and inside the slot is excluded, and nothing of it refused', () => {
    expect(judge(on15(long, '15:00', '17:00'))).toEqual({ counts: ['15T15:00:00-17:00:00 rev 1'], not: [] });
  });
  it('longer than the reserve is excluded inside it only', () => {
    expect(judge(on15(long, '13:00', '21:00'))).toEqual({
      counts: ['15T14:00:00-19:00:00 rev 1'],
      not: ['15T13:00:00-14:00:00 outside_reserve', '15T19:00:00-21:00:00 outside_reserve'],
    });
  });
  it('wholly outside the reserve excludes nothing, and says so', () => {
    expect(judge(announced('m', long, '2026-08-12T14:00:00Z', '2026-08-12T19:00:00Z'))).toEqual({
      counts: [],
      not: ['12T14:00:00-19:00:00 outside_reserve'],
    });
  });
  it('public at the first millisecond of the slot is in time; one millisecond later it excludes nothing', () => {
    expect(judge(on15('2026-08-15T14:00:00Z', '15:00', '17:00')).counts).toHaveLength(1);
    expect(judge(on15('2026-08-15T14:00:00.001Z', '15:00', '17:00'))).toEqual({ counts: [], not: ['15T15:00:00-17:00:00 late'] });
  });
  it('is measured against the start of the slot, however late the work itself begins', () => {
    expect(judge(on15('2026-08-13T14:00:00Z', '18:00', '19:00'), 48 * 3_600_000).counts).toHaveLength(1);
    expect(judge(on15('2026-08-13T14:00:00.001Z', '18:00', '19:00'), 48 * 3_600_000).not).toEqual(['15T18:00:00-19:00:00 late']);
  });
  it('of no length announces nothing', () => {
    expect(judge(on15(long, '15:00', '15:00'))).toEqual({ counts: [], not: [] });
  });
  it('that spans two Saturdays is excluded in both slots, and nowhere between', () => {
    expect(judge(announced('m', long, '2026-08-15T16:00:00Z', '2026-08-22T16:00:00Z'))).toEqual({
      counts: ['15T16:00:00-19:00:00 rev 1', '22T14:00:00-16:00:00 rev 1'],
      not: ['15T19:00:00-14:00:00 outside_reserve'],
    });
  });
  it('imported from elsewhere excludes nothing until a second person approves it', () => {
    expect(judge({ ...on15(long, '15:00', '17:00'), unapprovedImport: true })).toEqual({
      counts: [],
      not: ['15T15:00:00-17:00:00 unapproved_import'],
    });
  });
  it('is in force up to its end and not at it', () => {
    const [window] = judgeAnnouncement(on15(long, '15:00', '17:00'), policy.reserve, millis(0)).effective;
    expect(window && contains(window, at('2026-08-15T16:59:59.999Z'))).toBe(true);
    expect(window && contains(window, at('2026-08-15T17:00:00.000Z'))).toBe(false);
  });
});

describe('a revision', () => {
  const edited = (recordedAt: string, start: string, end: string): Announcement => ({
    ...on15(long, '14:00', '16:00'),
    revisions: [
      ...on15(long, '14:00', '16:00').revisions,
      { rev: 2, recordedAt: at(recordedAt), ...stretch(`2026-08-15T${start}:00Z`, `2026-08-15T${end}:00Z`) },
    ],
  });
  it('in time takes the place of the one before', () => {
    expect(judge(edited('2026-08-14T00:00:00Z', '15:00', '18:00'))).toEqual({ counts: ['15T15:00:00-18:00:00 rev 2'], not: [] });
  });
  it('late cannot extend', () => {
    expect(judge(edited('2026-08-15T15:30:00Z', '14:00', '18:00'))).toEqual({
      counts: ['15T14:00:00-16:00:00 rev 1'],
      not: ['15T16:00:00-18:00:00 late_edit'],
    });
  });
  it('late can shorten, and what it gives up is gone', () => {
    expect(judge(edited('2026-08-15T14:30:00Z', '14:00', '15:00'))).toEqual({
      counts: ['15T14:00:00-15:00:00 rev 1'],
      not: ['15T15:00:00-16:00:00 late_edit'],
    });
  });
  it('late to another time leaves nothing', () => {
    expect(judge(edited('2026-08-15T14:30:00Z', '17:00', '19:00'))).toEqual({
      counts: [],
      not: ['15T14:00:00-16:00:00 late_edit', '15T17:00:00-19:00:00 late_edit'],
    });
  });
  it('late for one Saturday may be in time for the next', () => {
    const moved = edited('2026-08-15T14:30:00Z', '14:00', '16:00');
    const next = { rev: 2, recordedAt: at('2026-08-15T14:30:00Z'), ...stretch('2026-08-22T14:00:00Z', '2026-08-22T16:00:00Z') };
    expect(judge({ ...moved, revisions: [...moved.revisions.slice(0, 1), next] })).toEqual({
      counts: ['22T14:00:00-16:00:00 rev 2'],
      not: ['15T14:00:00-16:00:00 late_edit'],
    });
  });
  it('recorded at the same instant as another: the higher number is the later one', () => {
    const both = edited(long, '15:00', '18:00');
    expect(judge({ ...both, revisions: both.revisions.toReversed() }).counts).toEqual(['15T15:00:00-18:00:00 rev 2']);
  });
});

describe('an announcement that stops', () => {
  it('cancelled on the way is excluded up to then', () => {
    expect(judge({ ...on15(long, '14:00', '19:00'), cancelledAt: at('2026-08-15T15:30:00Z') })).toEqual({
      counts: ['15T14:00:00-15:30:00 rev 1'],
      not: ['15T15:30:00-19:00:00 cancelled'],
    });
  });
  it('cancelled before it began is excluded nowhere', () => {
    expect(judge({ ...on15(long, '14:00', '19:00'), cancelledAt: at('2026-08-14T00:00:00Z') })).toEqual({
      counts: [],
      not: ['15T14:00:00-19:00:00 cancelled'],
    });
  });
  it('completed early is excluded up to then', () => {
    expect(judge({ ...on15(long, '14:00', '19:00'), completedAt: at('2026-08-15T15:00:00Z') }).not).toEqual([
      '15T15:00:00-19:00:00 completed',
    ]);
  });
  it('cancelled after its end has changed nothing', () => {
    expect(judge({ ...on15(long, '14:00', '19:00'), cancelledAt: at('2026-08-15T19:00:00Z') })).toEqual({
      counts: ['15T14:00:00-19:00:00 rev 1'],
      not: [],
    });
  });
  it('completed, then cancelled: the first of the two is the reason', () => {
    const both = { ...on15(long, '14:00', '19:00'), completedAt: at('2026-08-15T15:00:00Z'), cancelledAt: at('2026-08-15T16:00:00Z') };
    expect(judge(both).not).toEqual(['15T15:00:00-19:00:00 completed']);
  });
});
