/** Contracts of a configuration become versions in the store, and a file that would rewrite a final month is not taken. */

import { describe, expect, it } from 'vitest';
import { lastComponentVersions } from '#db/queries/components.ts';
import { readAgreements } from '#db/queries/contracts.ts';
import { lastSettings } from '#db/queries/settings.ts';
import type { Store } from '#db/store.ts';
import { agreedIn } from '#domain/sla/agreement.ts';
import { instant } from '#domain/time/instant.ts';
import { applyConfiguration, planConfiguration } from '#monitor/actions/apply-configuration.ts';
import type { Config } from '#monitor/config/config.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { SYSTEM } from '#monitor/context.ts';
import { finalReports } from '../../support/final-report.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const read = (source: string): Config => {
  const result = parseConfiguration(Buffer.from(source), 'avow.yaml', { secret: () => null, ownPorts: [] });
  if (!isConfig(result)) throw new Error(JSON.stringify(result));
  return result;
};
const BARE = 'components:\n  - {name: Website, http: "https://www.example.com/"}\n  - {name: API, tcp: "api.example.com:443"}\n';
const CUSTOMERS = `${BARE}customers:\n  - {id: northwind, name: Northwind Shipping}\ncontracts:\n`;
const contract = (id: string, rest = ''): string =>
  `  - {id: ${id}, customer: northwind, currency: USD, monthly_fee: 5000, from: 2026-01-01${rest}}\n`;
const versions = async (store: Store): Promise<unknown[]> =>
  (
    await store.read({
      sql: "SELECT contract_id, recorded_at_ms, document_json ->> 'monthlyFee', removed FROM contract_versions ORDER BY 2, 1",
    })
  ).rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));

describe('applying a configuration with contracts', () => {
  it('writes one version of each, answers their ids, and writes nothing the second time', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    const config = read(CUSTOMERS + contract('b') + contract('a'));
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, config)).toMatchObject({
      contractsChanged: ['b', 'a'],
      settingsChanged: true,
    });
    clock.jumpWall(5_000);
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, config)).toMatchObject({
      contractsChanged: [],
      settingsChanged: false,
    });
    expect(await versions(store)).toEqual([
      ['a', 1_000_000, 500_000, 0],
      ['b', 1_000_000, 500_000, 0],
    ]);
    expect(await readAgreements(store)).toEqual([
      { agreement: config.contracts[1], recordedAt: 1_000_000, removed: false },
      { agreement: config.contracts[0], recordedAt: 1_000_000, removed: false },
    ]);
  });

  it('keeps what was known before: the version of then is answered as of then', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(CUSTOMERS + contract('a')));
    clock.jumpWall(5_000);
    const amended = read(CUSTOMERS + contract('a', ', amendments: [{from: 2026-06, monthly_fee: "6000.00"}]'));
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, amended)).toMatchObject({ contractsChanged: ['a'] });
    const feesOf = async (asOf?: number): Promise<number[]> =>
      (await readAgreements(store, asOf === undefined ? undefined : instant(asOf))).map(
        ({ agreement }) => agreedIn(agreement, '2026-06').contract.monthlyFee,
      );
    expect(await feesOf()).toEqual([600_000]);
    expect(await feesOf(1_005_000)).toEqual([600_000]);
    expect(await feesOf(1_004_999)).toEqual([500_000]);
    expect(await feesOf(999_999)).toEqual([]);
  });

  it('removes a contract that the file has no more with a version of its own, and takes it back', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    const both = read(CUSTOMERS + contract('a') + contract('b'));
    await applyConfiguration({ store, clock, actor: SYSTEM }, both);
    await store.write(finalReports('b', ['2026-01']));
    clock.jumpWall(1_000);
    const change = await applyConfiguration({ store, clock, actor: SYSTEM }, read(CUSTOMERS + contract('a')));
    expect(change).toMatchObject({ contractsChanged: ['b'] });
    expect((await readAgreements(store)).map(({ agreement, removed }) => [agreement.id, removed])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    clock.jumpWall(1_000);
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, read(CUSTOMERS + contract('a')))).toMatchObject({
      contractsChanged: [],
    });
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, both)).toMatchObject({ contractsChanged: ['b'] });
    expect(await versions(store)).toEqual([
      ['a', 1_000_000, 500_000, 0],
      ['b', 1_000_000, 500_000, 0],
      ['b', 1_001_000, 500_000, 1],
      ['b', 1_002_000, 500_000, 0],
    ]);
  });

  it('with new terms for a final month is refused whole, with a sentence for each', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(CUSTOMERS + contract('a') + contract('b') + contract('c')));
    await store.write([...finalReports('a', ['2026-03', '2026-04', '2026-05']), ...finalReports('b', ['2026-02'])]);
    const before = [await versions(store), await lastComponentVersions(store), await lastSettings(store)];
    clock.jumpWall(1_000);
    const next = read(
      `page: {name: New}\n${CUSTOMERS.replace('name: Website', 'name: Shop, slug: website')}${contract('a', ', target: 99.9')}${contract('b').replace('5000', '6000')}${contract('c', ', target: 99')}`,
    );
    const sentences = [
      "contract a: the target of 2026-03 and 2 later months would change from the policy's to 99.9 %, and their reports are final; write an amendment from a month after 2026-05 instead",
      "contract b: the monthly fee of 2026-02 would change from 5000.00 USD to 6000.00 USD, and that month's report is final; write an amendment from a month after 2026-02 instead",
    ];
    const refusal = { refused: true, code: 'final_months', message: sentences.join('\n'), facts: { sentences } };
    expect(await planConfiguration({ store, clock }, next)).toEqual(refusal);
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, next)).toEqual(refusal);
    expect([await versions(store), await lastComponentVersions(store), await lastSettings(store)]).toEqual(before);
  });

  it('is taken once the same is written as an amendment', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(CUSTOMERS + contract('a')));
    await store.write(finalReports('a', ['2026-03', '2026-04', '2026-05']));
    const amended = read(CUSTOMERS + contract('a', ', to: 2026-12-31, amendments: [{from: 2026-06, target: 99.9}]'));
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, amended)).toMatchObject({ contractsChanged: ['a'] });
  });

  it('is refused when a new component would become part of final months by default, and says which they had', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(CUSTOMERS + contract('a')));
    await store.write(finalReports('a', ['2026-03']));
    const more = CUSTOMERS.replace('customers:', '  - {name: Mail, critical: false, tcp: "mail.example.com:25"}\ncustomers:');
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, read(more + contract('a')))).toMatchObject({
      message:
        'contract a: the list of components of 2026-03 would change from api, website to api, mail, website, and that month\'s report is final; write "components: [api, website]" into the contract, and what is new as an amendment from a month after 2026-03',
    });
    const named = ', components: [website, api], amendments: [{from: 2026-04, components: [website, api, mail]}]';
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, read(more + contract('a', named)))).toMatchObject({
      added: ['mail'],
      contractsChanged: ['a'],
    });
  });

  it('cannot rewrite final months by removing the contract and naming it again', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(CUSTOMERS + contract('a')));
    await store.write(finalReports('a', ['2026-03']));
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(BARE));
    const again = read(CUSTOMERS + contract('a').replace('USD', 'EUR'));
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, again)).toMatchObject({ refused: true, code: 'final_months' });
  });
});
