/** Takes the pictures of the documentation from the real pages, those of scenes and those of the demo: `node test/support/take-pictures.ts` writes docs/pictures. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.ts';
import { productFolder, startProduct } from './product.ts';
import { type SceneFront, startSceneFront } from './scene-front.ts';
import { makeFirstAdmin } from './signed-in-product.ts';

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const pictures = [
  { file: 'status-1280-light.png', path: '/scene/outage', colorScheme: 'light', height: 1_104 },
  { file: 'status-1280-dark.png', path: '/scene/outage', colorScheme: 'dark', height: 1_104 },
  { file: 'component-1280-light.png', path: '/components/well', colorScheme: 'light', height: 1_100 },
  { file: 'sla-1280-light.png', path: '/promise/usual', colorScheme: 'light', height: 1_120 },
  { file: 'report-1280-light.png', path: '/admin/reports/2026-10/eventful', colorScheme: 'light', height: 1_700 },
] as const;

/** Of the demo on an ordinary day. The incident is the one that the front page calls so. */
const DEMO_ARGS = ['--now', '2026-11-24T10:00-05:00', '--seed', '1'];
const INCIDENT = 'Tickets by mail arrive late';
const DEMO_PAGES = [
  { name: 'front', path: '/' },
  { name: 'maintenance', path: '/maintenance' },
  { name: 'releases', path: '/releases' },
  { name: 'release', path: '/releases/4.8.0' },
  { name: 'incident', path: null },
  { name: 'history', path: '/history' },
] as const;
/** Of the console, as the first admin sees them. */
const CONSOLE_PAGES = [
  { name: 'now', path: '/admin' },
  { name: 'announce', path: '/admin/maintenance/new' },
] as const;
const LOOKS = [
  { width: 1_280, height: 1_104, colorScheme: 'light' },
  { width: 360, height: 780, colorScheme: 'dark' },
] as const;

mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();

type Cookie = SceneFront['cookie'];
interface Picture {
  readonly file: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}
const take = async ({ file, url, width, height, colorScheme }: Picture, cookie?: Cookie): Promise<void> => {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, javaScriptEnabled: false });
  if (cookie) await context.addCookies([cookie]);
  const page = await context.newPage();
  await page.goto(url);
  await page.screenshot({ path: folder + file });
  await context.close();
  process.stdout.write(`docs/pictures/${file}\n`);
};

const takeScenes = async (): Promise<void> => {
  await using front = await startSceneFront();
  for (const { path, ...picture } of pictures) await take({ ...picture, url: front.origin + path, width: 1_280 }, front.cookie);
};

const takeDemo = async (): Promise<void> => {
  const data = productFolder();
  const product = await startProduct(data, { verb: 'demo', useConfig: false, args: DEMO_ARGS });
  try {
    const front = (await product.get('/')).text;
    const incident = new RegExp(`href="(/incidents/[a-z0-9]+)"[^>]*>(?:\\s|<[^>]*>)*${INCIDENT}`).exec(front)?.[1];
    if (incident === undefined) throw new Error(`The front page of the demo links no incident "${INCIDENT}".`);
    for (const { name, path } of DEMO_PAGES)
      for (const look of LOOKS)
        await take({ ...look, file: `demo-${name}-${look.width}-${look.colorScheme}.png`, url: product.origin + (path ?? incident) });
    const { cookie } = await makeFirstAdmin(product, data);
    for (const { name, path } of CONSOLE_PAGES) {
      const look = { width: 1_280, height: 1_104, colorScheme: 'light' } as const;
      await take({ ...look, file: `console-${name}-1280-light.png`, url: product.origin + path }, cookie);
    }
  } finally {
    await product.ends('SIGTERM');
    data.remove();
  }
};

try {
  await takeScenes();
  await takeDemo();
} finally {
  await browser.close();
}
