import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/** What axe finds wrong in a page, as it is now. It runs through the debugger, which the page's own policy does not bind. */
async function violations(page: Page): Promise<string[]> {
  // Colours of something that fades in are not yet those that stay.
  await page.evaluate(
    `Promise.all(document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).map((a) => a.finished.catch(() => undefined)))`,
  );
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(OPTIONS)})`);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** Elements that stand out of the page to the right, if they make it wider than the window. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth ? [] :
    [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth)
      .map((element) => element.outerHTML.slice(0, 200)))(document.documentElement)`);
}

/** The page has no accessibility violation, and at 320 px nothing has to be scrolled sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  // The new width is there with the next frame.
  await expect.poll(() => tooWide(page), { message: 'what has to be scrolled sideways at 320 px' }).toEqual([]);
  expect(await violations(page)).toEqual([]);
  if (before) await page.setViewportSize(before);
}
