/** The chain over random rows: what was tampered with is found, and what cannot be found is said. AVOW_TEST_SEED chooses other rows. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BoundRow,
  type ChainFault,
  type ChainHead,
  followLinks,
  type HeldLink,
  isChainFault,
  LATE_KINDS,
  linksAfter,
  NO_LINK,
  rowHash,
  STRICT_KINDS,
} from '#domain/ledger/chain.ts';
import { instant } from '#domain/time/instant.ts';
import { testSeed } from '../../support/seeded.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
/** When all of them were bound. */
const WHEN = instant(1_795_000_000_000);
const SEED = testSeed(20_261_130);

const value = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.integer(), fc.constant(null));
const rows = (minLength: number): fc.Arbitrary<BoundRow[]> =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom(...STRICT_KINDS, ...LATE_KINDS),
        row: fc.record({ id: fc.nat(), reason: value, start_ms: value }),
      }),
      {
        minLength,
        maxLength: 12,
      },
    )
    .map((list) => list.map(({ kind, row }, i) => ({ kind, ref: `r${i}`, row })));

const held = (list: readonly BoundRow[]): HeldLink[] =>
  linksAfter(sha256, NO_LINK, list, WHEN).map((link, i) => ({ link, row: list[i]?.row ?? null }));
const walk = (chain: readonly HeldLink[]): ChainHead | ChainFault => followLinks(sha256, NO_LINK, chain);
const faultOf = (chain: readonly HeldLink[]): ChainFault => {
  const walked = walk(chain);
  if (!isChainFault(walked)) throw new Error('nothing was found');
  return walked;
};
/** A chain with a place in it, and as many after it as `after` says. */
const placed = (after = 0) =>
  rows(2 + after).chain((list) => fc.tuple(fc.constant(held(list)), fc.integer({ min: 0, max: list.length - 1 - after })));
const law = <T>(cases: fc.Arbitrary<T>, holds: (one: T) => void): void =>
  fc.assert(fc.property(cases, holds), { numRuns: 100, seed: SEED });
const at = (chain: readonly HeldLink[], i: number): HeldLink => {
  const one = chain[i];
  if (!one) throw new Error(`there is no link ${i}`);
  return one;
};

test('a link is SHA-256 over the hash before it and the canonical JSON of when, kind, ref and row, from 64 zeros on', () => {
  const row = { kind: 'override', ref: 'abc', row: { start_ms: 1, id: 'abc', end_ms: null } } as const;
  const [link] = linksAfter(sha256, NO_LINK, [row], WHEN);
  expect(link).toEqual({
    seq: 1,
    at: WHEN,
    kind: 'override',
    ref: 'abc',
    prevHash: '0'.repeat(64),
    rowHash: sha256(`${'0'.repeat(64)}{"at":1795000000000,"kind":"override","ref":"abc","row":{"end_ms":null,"id":"abc","start_ms":1}}`),
  });
});

describe('the walker', () => {
  test('follows what was recorded to its end, in one go or slice by slice', () =>
    law(fc.tuple(rows(1), fc.nat(12)), ([list, cut]) => {
      const chain = held(list);
      const end = { seq: list.length, hash: at(chain, list.length - 1).link.rowHash };
      expect(walk(chain)).toEqual(end);
      const half = walk(chain.slice(0, cut));
      expect(isChainFault(half) ? half : followLinks(sha256, half, chain.slice(cut))).toEqual(end);
    }));

  test('finds an edited row, whatever column was edited, and names it', () =>
    law(fc.tuple(placed(), fc.constantFrom('id', 'reason', 'start_ms'), value), ([[chain, i], column, other]) => {
      const one = at(chain, i);
      fc.pre(one.row?.[column] !== other);
      const edited = chain.with(i, { ...one, row: { ...one.row, [column]: other } });
      expect(faultOf(edited)).toMatchObject({ code: 'row_edited', seq: i + 1, kind: one.link.kind, ref: one.link.ref });
    }));

  test('finds a deleted row, and a deleted link', () =>
    law(placed(1), ([chain, i]) => {
      expect(faultOf(chain.with(i, { ...at(chain, i), row: null }))).toMatchObject({ code: 'row_missing', seq: i + 1 });
      expect(faultOf(chain.toSpliced(i, 1))).toMatchObject({ code: 'link_missing', seq: i + 2 });
    }));

  test('finds a row and link put between, also when the numbers after it were moved on', () =>
    law(fc.tuple(placed(1), rows(1)), ([[chain, i], [added]]) => {
      if (!added) throw new Error('no row');
      const [link] = linksAfter(sha256, { seq: i, hash: i === 0 ? NO_LINK.hash : at(chain, i - 1).link.rowHash }, [added], WHEN);
      if (!link) throw new Error('no link');
      const moved = chain.slice(i).map((one) => ({ ...one, link: { ...one.link, seq: one.link.seq + 1 } }));
      expect(faultOf([...chain.slice(0, i), { link, row: added.row }, ...moved])).toMatchObject({ code: 'link_out_of_order', seq: i + 2 });
    }));

  test('finds two links or two rows that were exchanged', () =>
    law(placed(1), ([chain, i]) => {
      const [a, b] = [at(chain, i), at(chain, i + 1)];
      const links = chain.with(i, { ...b, link: { ...b.link, seq: i + 1 } }).with(i + 1, { ...a, link: { ...a.link, seq: i + 2 } });
      expect(faultOf(links)).toMatchObject({ code: 'link_out_of_order', seq: i + 1 });
      fc.pre(JSON.stringify(a.row) !== JSON.stringify(b.row));
      expect(faultOf(chain.with(i, { ...a, row: b.row }).with(i + 1, { ...b, row: a.row }))).toMatchObject({
        code: 'row_edited',
        seq: i + 1,
      });
    }));

  test('finds an edited hash, before or after', () =>
    law(placed(1), ([chain, i]) => {
      const one = at(chain, i);
      const hash = sha256('another');
      expect(faultOf(chain.with(i, { ...one, link: { ...one.link, rowHash: hash } }))).toMatchObject({ code: 'row_edited', seq: i + 1 });
      expect(faultOf(chain.with(i, { ...one, link: { ...one.link, prevHash: hash } }))).toMatchObject({
        code: 'link_out_of_order',
        seq: i + 1,
      });
    }));

  test('does not find links and rows taken off the end together, nor everything hashed anew: only a head noted elsewhere shows them', () =>
    law(placed(1), ([chain, i]) => {
      const noted = walk(chain);
      const cut = walk(chain.slice(0, i + 1));
      expect(isChainFault(cut)).toBe(false);
      expect(cut).not.toEqual(noted);
      const one = at(chain, i);
      const forged = chain
        .with(i, { ...one, row: { ...one.row, reason: 'forged' } })
        .map(({ link, row }) => ({ kind: link.kind, ref: link.ref, row: row ?? {} }));
      fc.pre(one.row?.['reason'] !== 'forged');
      const anew = walk(held(forged));
      expect(isChainFault(anew)).toBe(false);
      expect(anew).not.toEqual(noted);
    }));
});

test('a link that was dated otherwise is found; one of before links were dated holds as it is', () => {
  const row = { kind: 'override', ref: 'abc', row: { id: 'abc' } } as const;
  const [link] = linksAfter(sha256, NO_LINK, [row], WHEN);
  if (!link) throw new Error('no link');
  expect(faultOf([{ link: { ...link, at: instant(WHEN + 1) }, row: row.row }])).toMatchObject({ code: 'row_edited', seq: 1 });
  const old = { ...link, rowHash: rowHash(sha256, NO_LINK.hash, row) };
  expect(walk([{ link: old, row: row.row }])).toEqual({ seq: 1, hash: old.rowHash });
});
