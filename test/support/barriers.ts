/** What axe finds on a page that stands in the browser: each barrier in words, none when nobody is kept out. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { DESK, PHONE, tooWide } from './visiting.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

/** `rules` narrows the search. Evaluated, not injected: the page's own policy stays in force. */
export async function barriers(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(axe);
  // `preload` reads style sheets again for rules about media, which no page of ours uses.
  const options = { resultTypes: ['violations'], preload: false, ...(rules ? { runOnly: rules } : {}) };
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as Found;
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

export interface Look {
  readonly viewport: typeof PHONE;
  readonly colorScheme: 'light' | 'dark';
}
const EVERY_LOOK: readonly Look[] = [PHONE, DESK].flatMap((viewport) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme })),
);

/**
 * What keeps somebody out in one of the looks, and where the page is wider than its window. The page is not loaded anew: each look is put
 * on it, and the style sheets change nothing but colours with the scheme, so the second scheme of a width is asked for contrast alone.
 */
export const faultsInLooks = async (page: Page, looks = EVERY_LOOK): Promise<readonly string[]> => {
  const faults: string[] = [];
  const judged = new Set<number>();
  for (const { viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    faults.push(...(await tooWide(page, [viewport])));
    const found = await barriers(page, judged.has(viewport.width) ? ['color-contrast'] : undefined);
    faults.push(...found.map((one) => `${viewport.width} wide and ${colorScheme}: ${one}`));
    judged.add(viewport.width);
  }
  return faults;
};
