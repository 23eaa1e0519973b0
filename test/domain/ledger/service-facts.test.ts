/** Which components the public figure is about. */
import { expect, test } from 'vitest';
import { type LedgerComponent, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { ledgerOf } from '../../support/ledger-examples.ts';

const at = (text: string): Instant => instant(Date.parse(text));
const [installed, filed, asOf] = [at('2026-11-20T09:00:00Z'), at('2026-11-20T09:10:00Z'), at('2026-11-24T00:00:00Z')];
const named = (slug: string, createdAt: Instant, change: Partial<LedgerComponent> = {}): LedgerComponent => {
  const [one] = ledgerOf(asOf, { [slug]: [] }, {}, createdAt).components;
  if (!one) throw new Error('There is no component.');
  return { ...one, ...change };
};
const self = named('this-status-page', installed, {
  builtIn: true,
  versions: [
    { from: installed, critical: true, removed: false },
    { from: filed, critical: true, removed: true },
  ],
});
const told = (...components: LedgerComponent[]) => {
  const facts = serviceFacts(ledgerOf(asOf, {}, { components }), '2026-11');
  return facts && [facts.contract.critical, facts.since];
};

test("Avow's watch of itself is the service only as long as there is no file", () => {
  expect(told(named('this-status-page', installed, { builtIn: true }))).toEqual([['this-status-page'], installed]);
  expect(told(self, named('website', filed))).toEqual([['website'], filed]);
});

test('a component that is added later in the month counts from the next one on', () => {
  expect(told(self, named('website', filed), named('shop', at('2026-11-22T00:00:00Z')))).toEqual([['website'], filed]);
});
