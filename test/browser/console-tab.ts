import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildConsolesIfStale } from '../../scripts/build.mjs';
import type { RunningServer } from '../support/running-server.js';

/** Somebody who signs in. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A console in a browser of its own, and everything that should not have happened in it. */
export interface ConsoleTab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors in the console of the browser (violations of the policy among them), of scripts, and requests to other hosts. */
  readonly complaints: readonly string[];
  /** Sizes in bytes of what was loaded, as it was sent, by address. */
  readonly loaded: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export interface ConsoleTabOptions {
  readonly browser: Browser;
  readonly server: Pick<RunningServer, 'url'>;
  /** Path of the page: `/admin/master/console/acme/users`. */
  readonly path: string;
  readonly credentials: Credentials;
  readonly dark?: boolean;
  readonly locale?: string;
}

/** Opens a page of a console in a new browser context and signs in on the login page that comes first. Builds the consoles if need be. */
export async function openConsole(options: ConsoleTabOptions): Promise<ConsoleTab> {
  buildConsolesIfStale();
  const { browser, server, path, credentials, dark = false, locale = 'en' } = options;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    locale,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const loaded = new Map<string, number>();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:'))
      complaints.push(`elsewhere: ${request.url()}`);
  });
  page.on('requestfinished', (request) => {
    void request.sizes().then(
      ({ responseBodySize }) => loaded.set(request.url(), responseBodySize),
      () => undefined,
    );
  });
  await page.goto(`${server.url}${path}`);
  await signIn(page, credentials);
  await page.locator('main h1').waitFor();
  return { page, context, complaints, loaded, close: () => context.close() };
}

/** Fills the login page that is shown. */
export async function signIn(page: Page, { username, password }: Credentials): Promise<void> {
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(password);
  await page.locator('#password').press('Enter');
}
