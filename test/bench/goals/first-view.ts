/**
 * G6: the first view of `/` with 50 components and 90 days behind them: requests and bytes on the wire (heads included,
 * brotli), and how many components can be read, with name and state in words, in a page whose scripts do not run.
 */
import { fileURLToPath } from 'node:url';
import { pause, startAvow } from '../support/avow.ts';
import { firstView } from '../support/first-view.ts';
import { type Benchmark, rounded } from '../support/goal.ts';
import { run } from '../support/process.ts';
import { seededFolder } from '../support/seeded-folder.ts';

const COMPONENTS = 50;

export const benchmark: Benchmark = async (say) => {
  const target = run(0, [fileURLToPath(new URL('../support/switch-server.ts', import.meta.url))]);
  const { port } = await target.nextLine();
  const avow = await startAvow(await seededFolder({ components: COMPONENTS, days: 90, target: `http://127.0.0.1:${port}/` }, say));
  try {
    await pause(6_000);
    const fetched = await firstView(avow.port);
    const bytes = fetched.reduce((sum, { wireBytes }) => sum + wireBytes, 0);
    for (const { path, wireBytes, text } of fetched) say(`  ${path}: ${wireBytes} bytes on the wire, ${text.length} unpacked`);
    const [page] = fetched;
    const plain = (page?.text ?? '').replace(/<script\b[\s\S]*?<\/script>/g, '');
    const lines = [...plain.matchAll(/<li class="line"[\s\S]*?<\/li>/g)].map(([line]) => line.replace(/<svg[\s\S]*?<\/svg>|<[^>]+>/g, ' '));
    const readable = lines.filter(
      (line) => /service \d+|Switched/.test(line) && /operational|unknown|down|slow|degraded/i.test(line),
    ).length;
    return [
      {
        goal: 'G6',
        what: 'first view of `/`, 50 components × 90 days, on the wire',
        measured: `${rounded(bytes / 1_000, 1)} kB`,
        reference: '40 kB',
        ratio: bytes / 40_000,
        limit: 1,
        sense: 'at most',
      },
      {
        goal: 'G6',
        what: 'requests of the first view',
        measured: `${fetched.length}`,
        reference: '4',
        ratio: fetched.length / 4,
        limit: 1,
        sense: 'at most',
      },
      {
        goal: 'G6',
        what: 'components readable without scripts',
        measured: `${readable}`,
        reference: `${COMPONENTS}`,
        ratio: readable / COMPONENTS,
        limit: 1,
        sense: 'at least',
      },
    ];
  } finally {
    await avow.stop();
    avow.remove();
    await target.stop();
  }
};
