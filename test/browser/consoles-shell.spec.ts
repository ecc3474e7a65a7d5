import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildConsolesIfStale } from '../../scripts/build.mjs';
import { launchChromium } from '../support/chromium.js';
import { ADMIN, RunningServer } from '../support/running-server.js';
import { testRealm } from '../support/test-realm.js';
import { expectAccessible } from './accessible.js';
import { openConsole, signIn, type ConsoleTab } from './console-tab.js';

const REALM = 'consoles';
const JO = { username: 'jo', password: 'jo-pw' } as const;
/** Bytes that the first page of a console may take, compressed. */
const BUDGET = 250_000;

let browser: Browser;
let server: RunningServer;
let tabs: ConsoleTab[] = [];

beforeAll(async () => {
  buildConsolesIfStale();
  browser = await launchChromium();
  server = await RunningServer.start({
    realms: [testRealm({ realm: REALM, people: ['jo'], users: { jo: { realmRoles: [`default-roles-${REALM}`] } } })],
  });
});

afterEach(async () => {
  await Promise.all(tabs.map((tab) => tab.close()));
  tabs = [];
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function open(kind: 'admin' | 'account', dark = false): Promise<ConsoleTab> {
  const tab = await openConsole({
    browser,
    server,
    dark,
    path: kind === 'admin' ? `/admin/master/console/${REALM}` : `/realms/${REALM}/account/`,
    credentials: kind === 'admin' ? ADMIN : JO,
  });
  tabs.push(tab);
  return tab;
}

describe.each(['admin', 'account'] as const)('the %s console', (kind) => {
  it('signs in, keeps to its policy and its host, fits the budget, and is accessible, in light and dark', async () => {
    const { page, complaints, loaded } = await open(kind);
    expect(await page.locator('h1').textContent()).toBe(kind === 'admin' ? `Realm ${REALM}` : 'Personal info');
    expect(new URL(page.url()).search).toBe('');
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    const files = [...loaded].filter(([url]) => url.includes('/resources/consoles/'));
    expect(files.length).toBeGreaterThan(2);
    const bytes = files.reduce((sum, [, size]) => sum + size, 0);
    expect(bytes, `bytes of the first page`).toBeLessThan(BUDGET);
    // A token anywhere but in memory could be read by a script of tomorrow.
    const stored = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
    expect(stored).not.toMatch(/eyJ|code_verifier/);
  });

  it('speaks German and Spanish, and remembers it', async () => {
    const { page } = await open(kind);
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    expect(await page.evaluate('document.documentElement.lang')).toBe('de');
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('button', { name: 'Sprache' }).click();
    await page.getByRole('menuitem', { name: 'Español' }).click();
    await page.getByRole('button', { name: 'Idioma' }).waitFor();
  });

  it('signs out', async () => {
    const { page } = await open(kind);
    const realm = kind === 'admin' ? 'master' : REALM;
    const { username } = kind === 'admin' ? ADMIN : JO;
    const before = await server.sessions(realm, username);
    await page.getByRole('button', { name: kind === 'admin' ? 'admin' : 'jo' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.locator('#username').waitFor();
    expect(await server.sessions(realm, username)).toHaveLength(before.length - 1);
  });
});

describe('tokens', () => {
  it('are renewed silently, once for all who ask', async () => {
    const { page, complaints } = await open('admin');
    let renewals = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/token')) renewals++;
    });
    // The browser's clock says that the minute of the token is over; the server's too.
    server.clock.advance(55_000);
    await page.clock.setFixedTime(Date.now() + 55_000);
    await page.getByRole('button', { name: `Realm ${REALM}` }).click();
    await page.getByRole('menuitem', { name: 'master' }).click();
    await page.getByRole('heading', { name: 'Realm master' }).waitFor();
    expect(renewals).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('that are over ask for a login in front of the page, which stays', async () => {
    const { page, context } = await open('admin');
    await server.endSessions('master', ADMIN.username);
    await page.evaluate(`document.body.dataset.typed = 'kept'`);
    await page.getByRole('button', { name: `Realm ${REALM}` }).click();
    await page.getByRole('menuitem', { name: 'master' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    await expectAccessible(page);
    const popup = context.waitForEvent('page');
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await signIn(await popup, ADMIN);
    await page.getByRole('heading', { name: 'Realm master' }).waitFor();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.body.dataset.typed')).toBe('kept');
  });
});

describe('the addresses of the consoles', () => {
  const get = (path: string, accept = 'text/html'): Promise<Response> =>
    fetch(`${server.url}${path}`, { headers: { accept }, redirect: 'manual' });

  it.each([
    `/admin/${REALM}/console/`,
    `/admin/${REALM}/console/x/users/1`,
    `/realms/${REALM}/account`,
    `/realms/${REALM}/account/sessions`,
  ])('%s is a page with a strict policy, and is not stored', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const policy = answer.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await answer.text()).not.toMatch(/<script(?![^>]* src=)|<style| style=/);
  });

  it('are those of the account API for who asks for data', async () => {
    expect((await get(`/realms/${REALM}/account`, 'application/json')).status).toBe(401);
    expect((await get(`/realms/${REALM}/account`, '*/*')).status).toBe(401);
  });

  it.each(['/admin/nowhere/console/', '/realms/nowhere/account/'])('%s is not there', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('lead from /admin to the console of master, for people only', async () => {
    const answer = await get('/admin');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(`${server.url}/admin/master/console/`);
    expect((await get('/admin', 'application/json')).status).toBe(404);
  });

  it('have files that are kept for ever, compressed, and nothing beside them', async () => {
    const manifest = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../dist/consoles/manifest.json'), 'utf8'),
    ) as Record<string, { readonly file: string }>;
    const file = `/resources/consoles/${manifest['admin/main.tsx']!.file}`;
    const answer = await fetch(`${server.url}${file}`, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('br');
    for (const name of ['manifest.json', '..%2fsrc%2fmain.js', 'none.js'])
      expect((await get(`/resources/consoles/${name}`)).status).toBe(404);
  });
});
