/** A file that would rewrite a final month, on the real product: on SIGHUP the old one stays in force, at the start it is exit code 2. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '#db/client.ts';
import { systemClock } from '#monitor/clock.ts';
import { finalReports } from '../support/final-report.ts';
import { productFolder, spawnProduct, startProduct } from '../support/product.ts';
import { startTarget } from '../support/target.ts';
import { silentLog } from '../support/temp-store.ts';

const SENTENCE =
  /contract northwind-main: the monthly fee of 2026-03 would change from 5000\.00 USD to 6000\.00 USD, and that month's report is final; write an amendment from a month after 2026-03 instead/;

describe('new terms for a month whose report is final', () => {
  it('are refused in a sentence, and nothing else of that file is taken', async () => {
    const folder = productFolder();
    const target = await startTarget();
    const file = (name: string, fee: string): string => `page: {name: ${name}}
components: [{name: Website, http: "${target.url}", interval: 1s, timeout: 500ms}]
customers: [{id: northwind, name: Northwind Shipping}]
contracts: [{id: northwind-main, customer: northwind, currency: USD, monthly_fee: "${fee}", from: 2026-01-01}]
`;
    try {
      folder.writeConfig(file('Before', '5000.00'));
      const first = await startProduct(folder);
      expect(await first.ends('SIGTERM')).toBe(0);
      const store = await openStore({ path: join(folder.data, 'avow.db'), clock: systemClock, log: silentLog });
      await store.write(finalReports('northwind-main', ['2026-03']));
      await store.close();

      const product = await startProduct(folder);
      folder.writeConfig(file('After', '6000.00'));
      product.signal('SIGHUP');
      await product.prints(SENTENCE);
      await product.prints(/was refused and not taken; the one before stays in force/);
      expect((await product.get('/')).text).toContain('Before');
      expect(await product.ends('SIGTERM')).toBe(0);

      const refused = spawnProduct(folder);
      expect(await refused.ends()).toBe(2);
      expect(refused.printed()).toMatch(SENTENCE);
      expect(refused.printed()).not.toMatch(/^\s+at /m);

      folder.writeConfig(file('Before', '5000.00'));
      const again = await startProduct(folder);
      expect((await again.get('/healthz')).status).toBe(200);
      expect(await again.ends('SIGTERM')).toBe(0);
    } finally {
      await target.stop();
      folder.remove();
    }
  });
});
