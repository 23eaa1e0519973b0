/** Takes the pictures of the documentation from the real pages: `node test/support/take-pictures.ts` writes docs/pictures. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.ts';
import { startSceneFront } from './scene-front.ts';

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const pictures = [
  { file: 'status-1280-light.png', path: '/scene/outage', colorScheme: 'light', height: 1_104 },
  { file: 'status-1280-dark.png', path: '/scene/outage', colorScheme: 'dark', height: 1_104 },
  { file: 'component-1280-light.png', path: '/components/well', colorScheme: 'light', height: 1_100 },
  { file: 'sla-1280-light.png', path: '/promise/usual', colorScheme: 'light', height: 1_120 },
  { file: 'report-1280-light.png', path: '/admin/reports/2026-10/eventful', colorScheme: 'light', height: 1_700 },
] as const;

mkdirSync(folder, { recursive: true });
await using front = await startSceneFront();
const browser = await launchBrowser();
try {
  for (const { file, path, colorScheme, height } of pictures) {
    const context = await browser.newContext({ viewport: { width: 1_280, height }, colorScheme, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(front.origin + path);
    await page.screenshot({ path: folder + file });
    await context.close();
    process.stdout.write(`docs/pictures/${file}\n`);
  }
} finally {
  await browser.close();
}
