/** The whole product under a fault case: started with its metrics port known, asked for numbers, and watched for any answer but 200. */
import { systemClock } from '#monitor/clock.ts';
import { metric } from './metrics-text.ts';
import { ask, type Product, type ProductFolder, type StartOptions, startProduct } from './product.ts';

export interface RunningProduct extends Product {
  metric(name: string): Promise<number>;
  /** Looks again and again until it is true; fails after the limit. */
  becomes(what: string, look: () => Promise<boolean> | boolean, limitMs?: number): Promise<void>;
  /** Sentences: answers of public addresses that were not 200, since the start. */
  readonly bad: readonly string[];
}

const PUBLIC = ['/', '/api/v2/summary.json'] as const;

/** `watched` are the public addresses that are asked all the time. */
export const runProduct = async (
  folder: ProductFolder,
  options: StartOptions = {},
  watched: readonly string[] = PUBLIC,
): Promise<RunningProduct> => {
  const product = await startProduct(folder, { ...options, args: ['--json', ...(options.args ?? [])] });
  const { metrics } = JSON.parse(await product.prints(/\{"pid".*\}/)) as { readonly metrics: number };
  const bad: string[] = [];
  let over = false;
  void product.ends().then(() => {
    over = true;
  });
  const watch = async (route: string): Promise<void> => {
    while (!over) {
      const status = await product.get(route).then(
        (answer) => answer.status,
        () => null,
      );
      if (status !== null && status !== 200) bad.push(`${route} answered ${status}`);
      await systemClock.sleep(100);
    }
  };
  for (const route of watched) void watch(route);
  return {
    ...product,
    bad,
    metric: async (name) => metric((await ask(metrics, '/metrics')).text, name),
    async becomes(what, look, limitMs = 60_000) {
      const startUs = systemClock.monotonicUs();
      while (!(await look())) {
        if (over) throw new Error(`the product ended before: ${what}\n${product.printed().slice(-4_000)}`);
        if (systemClock.monotonicUs() - startUs > limitMs * 1_000)
          throw new Error(`within ${limitMs / 1_000} s it did not come to be: ${what}\n${product.printed().slice(-4_000)}`);
        await systemClock.sleep(50);
      }
    },
  };
};
