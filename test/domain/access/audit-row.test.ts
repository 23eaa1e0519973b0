/** P18 on rows in memory: whatever is done to them is found, with the first row that is wrong. */
import { describe, expect, test } from 'vitest';
import { type Anchor, judgeAnchors } from '#domain/access/anchor.ts';
import {
  type AuditHead,
  auditHash,
  auditText,
  type BoundAuditRow,
  bindAudit,
  followAudit,
  isAuditFault,
} from '#domain/access/audit-row.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { NO_LINK } from '#domain/ledger/chain.ts';
import { instant } from '#domain/time/instant.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { randomRows, TAMPERINGS } from '../../support/audit-tampering.ts';
import { testSeed } from '../../support/seeded.ts';
import { sha256 } from '../../support/sha256.ts';

const NO_ROW: AuditHead = { ...NO_LINK, recordedAt: instant(0) };
const CASES = 100;

/** What is noted outside after some of the rows, the last always among them. */
const anchorsOf = (rows: readonly BoundAuditRow[]): Pick<Anchor, 'at' | 'audit'>[] =>
  rows
    .filter((_, i) => i % 7 === 3 || i === rows.length - 1)
    .map(({ seq, rowHash, recordedAt }) => ({ at: recordedAt, audit: { seq, hash: rowHash } }));

/** The number of the first row that is wrong, by the hashes and then by the anchors; null: nothing is. */
const firstWrong = (rows: readonly BoundAuditRow[], anchors: readonly Pick<Anchor, 'at' | 'audit'>[]): number | null => {
  const walked = followAudit(sha256, NO_ROW, rows);
  if (isAuditFault(walked)) return walked.seq;
  return judgeAnchors('audit', anchors, (seq) => rows[seq - 1]?.rowHash ?? null, walked.seq)?.seq ?? null;
};

describe('somebody who', () => {
  test.each(Object.entries(TAMPERINGS))('%s is found, in each of 100 random audits, and the first wrong row is named', (name, tamper) => {
    const seed = testSeed(18_000);
    const random = seeded(seed);
    for (let i = 0; i < CASES; i++) {
      const rows = randomRows(random, 2 + Math.floor(random() * 40));
      const anchors = anchorsOf(rows);
      expect(firstWrong(rows, anchors)).toBeNull();
      const tampered = tamper(rows, random);
      const found = firstWrong(tampered.rows, anchors);
      const hint = `seed ${seed}, case ${i}`;
      if (!name.includes('hashes everything')) expect(found, hint).toBe(tampered.first);
      else {
        // As far as anchors can say: after the last that holds, and not after the row that was edited.
        const held = anchors.filter(({ audit }) => audit.seq < tampered.first).at(-1)?.audit.seq ?? 0;
        expect(found, hint).toBe(held + 1);
      }
    }
  });
});

test('rows in slices are followed as in one piece', () => {
  const rows = randomRows(seeded(5), 30);
  const once = followAudit(sha256, NO_ROW, rows);
  let head: AuditHead = NO_ROW;
  for (let i = 0; i < rows.length; i += 7) {
    const next = followAudit(sha256, head, rows.slice(i, i + 7));
    if (isAuditFault(next)) throw new Error(next.message);
    head = next;
  }
  expect(head).toEqual(once);
});

test('a row is hashed over the hash before it and its own canonical JSON, so that anybody can compute it', () => {
  const [row] = bindAudit(sha256, NO_LINK, [
    {
      recordedAt: instant(5),
      actorKind: 'person',
      actorId: 'p1',
      actorName: 'Ann',
      from: '192.0.2.7',
      requestId: null,
      verb: 'maintenance.announce',
      subject: 'maintenance/abc',
      before: null,
      after: '{"rev":1}',
    },
  ]);
  const text =
    '{"actorId":"p1","actorKind":"person","actorName":"Ann","after":"{\\"rev\\":1}","before":null,"from":"192.0.2.7","recordedAt":5,"requestId":null,"seq":1,"subject":"maintenance/abc","verb":"maintenance.announce"}';
  expect(auditText(row as BoundAuditRow)).toBe(text);
  expect(row?.rowHash).toBe(sha256('0'.repeat(64) + text));
  expect(auditHash(sha256, NO_LINK.hash, row as BoundAuditRow)).toBe(row?.rowHash);
});

test('the text of a row is its canonical JSON, whatever stands in it', () => {
  for (const { prevHash: _, rowHash: __, ...row } of randomRows(seeded(testSeed(18_001)), 200))
    expect(auditText(row)).toBe(canonicalJson(row));
});

test('a row that is dated before the one before it was not written by Avow, even if all hashes are right', () => {
  const rows = randomRows(seeded(6), 3);
  const back = bindAudit(
    sha256,
    NO_LINK,
    rows.map((row, i) => ({ ...row, recordedAt: instant(10 - i) })),
  );
  expect(followAudit(sha256, NO_ROW, back)).toMatchObject({ code: 'time_went_back', seq: 2 });
});
