import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BruteForceGuard } from '../../../src/realm/brute-force-guard.js';
import { BrowserSession, passwordGrant, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { limitedRealm, MISCONFIGURED, STRICT, STRICT_TOO, UNCONFIGURED } from './limited-realm.js';

const DENIALS = 50;

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [limitedRealm()] });
});

afterAll(() => server.close());

const login = (name: string): Promise<Reply> => new BrowserSession(server).login(STRICT, name);
const refusalsOf = async (name: string) => {
  const { id } = await server.user('limited', name);
  return (await server.events('limited')).filter(({ type, userId }) => type === 'LOGIN_ERROR' && userId === id);
};

async function guardStatus(name: string) {
  const guard = server.part(BruteForceGuard);
  const { id } = await server.user('limited', name);
  return guard.read(await server.realm('limited'), id);
}

describe('a denial by the cap', () => {
  it('never counts as a failed login, and writes exactly one event: at the token endpoint', async () => {
    await passwordGrant(server, STRICT, 'person1');
    for (let attempt = 0; attempt < DENIALS; attempt++) {
      expect(await passwordGrant(server, STRICT, 'person1')).toMatchObject({ status: 403 });
    }
    expect(await guardStatus('person1')).toMatchObject({ numFailures: 0, numTemporaryLockouts: 0, disabled: false });
    const refusals = await refusalsOf('person1');
    expect(refusals).toHaveLength(DENIALS);
    expect(new Set(refusals.map(({ error }) => error))).toEqual(new Set(['session_limit_exceeded']));
  });

  it('never counts as a failed login, and writes exactly one event: in the browser', async () => {
    await login('person2');
    for (let attempt = 0; attempt < DENIALS; attempt++) {
      expect((await login('person2')).status).toBe(403);
    }
    expect(await guardStatus('person2')).toMatchObject({ numFailures: 0, numTemporaryLockouts: 0, disabled: false });
    const refusals = await refusalsOf('person2');
    expect(refusals).toHaveLength(DENIALS);
    expect(new Set(refusals.map(({ error }) => error))).toEqual(new Set(['session_limit_exceeded']));
  });

  it('is a page with the message and nothing to post', async () => {
    await login('person3');
    const denied = await login('person3');
    expect(denied.status).toBe(403);
    expect(denied.page.text).toContain('One session is enough');
    expect(() => denied.page.form).toThrow();
    expect(denied.cookies).not.toHaveProperty('KEYCLOAK_IDENTITY');
  });

  it('counts sessions of all applications of the realm', async () => {
    await login('person4');
    expect((await new BrowserSession(server).login(STRICT_TOO, 'person4')).status).toBe(403);
    expect(await passwordGrant(server, STRICT_TOO, 'person4')).toMatchObject({
      status: 403,
      error: 'session_limit_exceeded',
      error_description: 'There are too many sessions',
    });
  });

  it('says nothing before the password is right', async () => {
    await login('person5');
    expect(await passwordGrant(server, STRICT, 'person5', { password: 'wrong' })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  });
});

describe('a limiter that cannot be used', () => {
  it.each([MISCONFIGURED, UNCONFIGURED])('denies with a clear error: $clientId', async (app) => {
    const denied = await new BrowserSession(server).login(app, 'person6');
    expect(denied.status).toBe(400);
    expect(denied.page.text).toContain('the session limit here is not set up correctly');
    expect(await server.sessions('limited', 'person6')).toHaveLength(0);
    expect(await guardStatus('person6')).toMatchObject({ numFailures: 0 });
  });
});
