import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
/** Pictures are made when they are asked for: their bytes differ from machine to machine. */
const WANTED = process.env['SLUICE_SCREENSHOTS'] === '1';

/** Pixels; of what goes on below, a picture would say little more and weigh much. */
const HIGHEST = 1000;

/**
 * Pictures of a page as it is, `docs/screenshots/<name>-light.png` and `-dark.png`, when the tests run with `SLUICE_SCREENSHOTS=1`;
 * nothing otherwise.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!WANTED) return;
  await mkdir(dirname(join(FOLDER, name)), { recursive: true });
  const before = page.viewportSize();
  await page.mouse.move(0, 0);
  // What was told of the last deed covers the page for a while.
  await toasts(page, 'hidden');
  // A window as high as the page: what sticks to its edges then is where it belongs.
  const whole = await page.evaluate<number>('document.documentElement.scrollHeight');
  const height = Math.max(before?.height ?? 0, Math.min(whole, HIGHEST));
  await page.setViewportSize({ width: before?.width ?? 1280, height });
  await page.evaluate('scrollTo(0, 0)');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
  await toasts(page, 'visible');
  if (before) await page.setViewportSize(before);
}

const toasts = (page: Page, visibility: 'hidden' | 'visible'): Promise<unknown> =>
  page.evaluate(`for (const all of document.querySelectorAll('[role=status]')) all.style.visibility = '${visibility}'`);
