import type { Browser, Page } from 'playwright-core';
import type { App } from '../support/browser-session.js';
import type { RunningServer } from '../support/running-server.js';

/** How a login of a person ended: at the application, or on a page that says why not. */
export interface LoginEnd {
  readonly page: Page;
  readonly signedIn: boolean;
  /** What the page says. */
  readonly text: string;
}

/** Signs a person in at an application, in a browser of their own, as a person does. */
export async function logIn(
  browser: Browser,
  server: Pick<RunningServer, 'issuer'>,
  app: App,
  name: string,
): Promise<LoginEnd> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    response_type: 'code',
    scope: 'openid',
  });
  await page.goto(`${server.issuer(app.realm)}/protocol/openid-connect/auth?${query.toString()}`);
  await page.getByLabel('Username or email').fill(name);
  await page.getByLabel('Password').fill(`${name}-pw`);
  const answered = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await answered;
  const text = (await page.locator('body').textContent()) ?? '';
  return { page, signedIn: !page.url().startsWith(server.issuer(app.realm)), text };
}
