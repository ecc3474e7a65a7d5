import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_LOCALES } from '../../src/realm/locale.js';
import { launchChromium } from '../support/chromium.js';
import { startPageServer, type PageServer } from './page-server.js';
import { SAMPLES } from './page-samples.js';
import { screenshot } from './screenshot.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STAYING = SAMPLES.filter(({ name }) => name !== 'form-post');

let browser: Browser;
let server: PageServer;
let open: Page[] = [];

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startPageServer()]);
});

afterEach(async () => {
  await Promise.all(open.map((page) => page.close()));
  open = [];
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A new tab, and everything the browser complained about in it. */
async function tab(options: { width?: number; dark?: boolean; scripts?: boolean } = {}) {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1024, height: 768 },
    colorScheme: options.dark ? 'dark' : 'light',
    javaScriptEnabled: options.scripts ?? true,
  });
  open.push(page);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(request.url()));
  return { page, complaints, goto: (name: string, locale = 'en') => page.goto(`${server.origin}/${locale}/${name}`) };
}

/** Runs axe in the page; through the debugger, which the page's own policy does not bind. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`document.querySelectorAll('details').forEach((part) => (part.open = true))`);
  await page.evaluate(AXE);
  const options: RunOptions = {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  };
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** What has the focus, as it would be told: `input#username`. Autofocus comes with the first frame, so it is waited for. */
async function focused(page: Page): Promise<string> {
  await page.locator(':focus').waitFor();
  return page.evaluate(
    `(({ localName, id, name, className }) => localName + (id ? '#' + id : name ? '[' + name + ']' : '.' + className))(document.activeElement)`,
  );
}

async function tabOrder(page: Page, presses: number): Promise<string[]> {
  const order = [await focused(page)];
  for (let press = 0; press < presses; press++) {
    await page.keyboard.press('Tab');
    order.push(await focused(page));
  }
  return order;
}

describe.each(SHIPPED_LOCALES)('login pages in %s', (locale) => {
  it.each([false, true])('have no accessibility violation (dark: %s)', async (dark) => {
    const { page, complaints, goto } = await tab({ dark });
    const found: Record<string, string[]> = {};
    for (const { name } of STAYING) {
      await goto(name, locale);
      const problems = await violations(page);
      if (locale === 'en' && !dark) await screenshot(page, `login-pages/${name}`);
      if (problems.length > 0) found[name] = problems;
    }
    expect(found).toEqual({});
    expect(complaints).toEqual([]);
  });

  it('fit a screen of 320 pixels without scrolling sideways', async () => {
    const { page, goto } = await tab({ width: 320 });
    const tooWide: string[] = [];
    for (const { name } of STAYING) {
      await goto(name, locale);
      if ((await page.evaluate<number>('document.documentElement.scrollWidth')) > 320) tooWide.push(name);
    }
    expect(tooWide).toEqual([]);
  });

  it('name their language and what they are for', async () => {
    const { page, goto } = await tab();
    await goto('login-wrong', locale);
    expect(await page.getAttribute('html', 'lang')).toBe(locale);
    expect(await page.title()).toBe(
      {
        en: 'Error: Sign in · Acme Workshop',
        de: 'Fehler: Anmelden · Acme Workshop',
        es: 'Error: Iniciar sesión · Acme Workshop',
      }[locale],
    );
  });
});

describe('the keyboard', () => {
  it('starts in the first empty field and goes through the page in reading order', async () => {
    const { page, goto } = await tab();
    await goto('login');
    expect(await tabOrder(page, 4)).toEqual([
      'input#username',
      'input#password',
      'input#rememberMe',
      'button.button',
      'a.',
    ]);
  });

  it('starts in the password when the name is there already', async () => {
    const { page, goto } = await tab();
    await goto('login-wrong');
    expect(await focused(page)).toBe('input#password');
  });

  it('starts in the field that is wrong', async () => {
    const { page, goto } = await tab();
    await goto('update-profile');
    expect(await focused(page)).toBe('input#email');
  });

  it('sends the form with Enter, not another button of the page', async () => {
    const { page, goto } = await tab();
    await goto('login-password');
    expect(await focused(page)).toBe('input#password');
    await page.keyboard.type('pw');
    const [request] = await Promise.all([
      page.waitForRequest((sent) => sent.method() === 'POST'),
      page.keyboard.press('Enter'),
    ]);
    expect(request.postData()).toBe('password=pw');
  });

  it('shows where it is', async () => {
    const { page, goto } = await tab();
    await goto('login');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`getComputedStyle(document.activeElement).outlineWidth`)).toBe('2px');
  });
});

describe('without scripts', () => {
  it('a form_post reply goes on by its button', async () => {
    const { page, goto } = await tab({ scripts: false });
    await goto('form-post');
    const [request] = await Promise.all([
      page.waitForRequest((sent) => sent.method() === 'POST'),
      page.getByRole('button', { name: 'Continue' }).click(),
    ]);
    expect(Object.fromEntries(new URLSearchParams(request.postData() ?? ''))).toEqual({ code: 'c&"<>', state: 's' });
  });
});

describe('with scripts', () => {
  it('a form_post reply goes on by itself', async () => {
    const { page, complaints, goto } = await tab();
    const posted = page.waitForRequest((sent) => sent.method() === 'POST');
    await goto('form-post');
    expect(new URL((await posted).url()).pathname).toBe('/callback');
    expect(complaints).toEqual([]);
  });

  it('no script that got into a page would run', async () => {
    const { page, complaints, goto } = await tab();
    await goto('login');
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "taken"' }))`,
    );
    expect(await page.title()).toBe('Sign in · Acme Workshop');
    expect(complaints.join()).toContain('Content Security Policy');
  });
});

describe('a message', () => {
  it('about a field is tied to it', async () => {
    const { page, goto } = await tab();
    await goto('update-password-wrong');
    const field = page.getByLabel('New password', { exact: true });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const id = (await field.getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`#${id}`).textContent()).toBe('Please use at least 12 characters.');
  });

  it("in an admin's own words is shown as it was written", async () => {
    const { page, goto } = await tab();
    await goto('error-own-words', 'de');
    expect(await page.getByRole('alert').textContent()).toBe('One device <at> a time. Ask {who} if you need more.');
  });
});
