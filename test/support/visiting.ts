/** Pages of a real Chromium: each is opened in a context of its own, looked at, and closed again. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export const PHONE = { width: 360, height: 740 };
export const TABLET = { width: 768, height: 1024 };
export const DESK = { width: 1280, height: 900 };

/** Spaces that do not break, and lines, read as spaces. */
export const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
export const whole = async (page: Page): Promise<string> => plain(await page.locator('main').innerText());

/** Whatever the browser complains of from now on: refusals of the policy, faults of scripts, dialogs, loads that failed. */
export const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Whoever types at once, as a test does, is in a field before the page puts its focus anywhere; the browser notes that theirs won.
    if (!/^Autofocus processing was blocked because a document already has a focused element/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (fault) => complaints.push(String(fault)));
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  page.on('requestfailed', (request) => {
    const { errorText } = request.failure() ?? { errorText: '' };
    // Whoever types on, or goes elsewhere, no longer asks for what was asked for before.
    if (errorText !== 'net::ERR_ABORTED') complaints.push(`${request.url()} failed: ${errorText}`);
  });
  return complaints;
};

export type Look = (page: Page, complaints: readonly string[]) => Promise<void>;
export interface Visit extends BrowserContextOptions {
  /** What the browser holds. */
  readonly cookies?: readonly { readonly name: string; readonly value: string; readonly url: string }[];
}
export const visitIn = async (browser: Browser, address: string, { cookies = [], ...options }: Visit, look: Look): Promise<void> => {
  const context = await browser.newContext(options);
  try {
    await context.addCookies([...cookies]);
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(address);
    await look(page, complaints);
  } finally {
    await context.close();
  }
};

/** Where the page is wider than a window. It is not loaded anew, and begins in the window in which it stands: nothing is laid out twice. */
export const tooWide = async (page: Page, windows: readonly (typeof DESK)[] = [PHONE, TABLET, DESK]): Promise<readonly string[]> => {
  const stands = page.viewportSize()?.width ?? 0;
  const wide: string[] = [];
  for (const window of windows.toSorted((a, b) => Math.abs(a.width - stands) - Math.abs(b.width - stands))) {
    if (page.viewportSize()?.width !== window.width) await page.setViewportSize(window);
    const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
    if (width > window.width) wide.push(`${new URL(page.url()).pathname} is ${width} wide in ${window.width}`);
  }
  return wide;
};
