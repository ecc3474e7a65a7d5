import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExecutionService } from '../../../src/flows/execution-service.js';
import { BrowserSession } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { robustRealm, TWO_PAGES } from './robust-realm.js';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [robustRealm()] });
});

afterAll(() => server.close());

/** Requires a denial at the end of the flow with two pages: new logins cannot pass. */
async function closeTheFlow(): Promise<() => Promise<void>> {
  const { id } = await server.realm('robust');
  const executions = server.part(ExecutionService);
  const step = await executions.addStep(id, 'name then password forms', { provider: 'deny-access-authenticator' });
  await executions.change(id, 'name then password', { id: step, requirement: 'REQUIRED', priority: 90 });
  return () => server.part(ExecutionService).remove(id, step);
}

describe('a flow that is edited', () => {
  it('lets a login that has begun finish on its version, and new logins run the new one', async () => {
    const person = new BrowserSession(server);
    const first = await person.authorize(TWO_PAGES);
    const other = new BrowserSession(server);
    const second = await other.submit(await other.authorize(TWO_PAGES), { username: 'person2' });
    const reopen = await closeTheFlow();

    const on = await person.submit(first, { username: 'person1' });
    expect((await person.submit(on, { password: 'person1-pw' })).answer.get('code')).toBeTruthy();
    expect((await other.submit(second, { password: 'person2-pw' })).answer.get('code')).toBeTruthy();

    const late = new BrowserSession(server);
    const page = await late.submit(await late.authorize(TWO_PAGES), { username: 'person3' });
    const denied = await late.submit(page, { password: 'person3-pw' });
    expect(denied.status).toBe(401);
    expect(denied.page.text).toContain('Access denied');
    expect(denied.page.link('Back to Two Pages')).toBe('http://two-pages.test/home');
    await reopen();
  });

  it('lets that login finish after a restart too', async () => {
    const person = new BrowserSession(server);
    const on = await person.submit(await person.authorize(TWO_PAGES), { username: 'person4' });
    const reopen = await closeTheFlow();
    await server.restart();
    expect((await person.submit(on, { password: 'person4-pw' })).answer.get('code')).toBeTruthy();
    await reopen();
  });
});
