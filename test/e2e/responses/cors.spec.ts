import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const CONSOLE: App = { realm: 'cors', clientId: 'console', redirectUri: 'http://console.test/cb' };
const OWN = 'http://console.test';
const FOREIGN = 'http://evil.test';

let server: RunningServer;
let token: string;

beforeAll(async () => {
  const realm = testRealm({
    realm: 'cors',
    people: ['ann'],
    users: { ann: { clientRoles: { 'realm-management': ['realm-admin'] } } },
    apps: [CONSOLE],
    clients: { console: { webOrigins: ['+'] } },
  });
  server = await RunningServer.start({ realms: [realm] });
  token = (await passwordGrant(server, CONSOLE, 'ann')).access_token!;
});

afterAll(() => server.close());

const call = (origin: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}/admin/realms/cors/${path}`, {
    ...init,
    headers: { origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });

describe('scripts of other origins at the Admin API', () => {
  it.each(['/admin/realms', '/admin/realms/cors', '/admin/realms/cors/users/x/credentials', '/admin/serverinfo'])(
    'get an answer to the preflight of %s, without a token',
    async (path) => {
      const { status, headers } = await fetch(server.url + path, {
        method: 'OPTIONS',
        headers: { origin: OWN, 'access-control-request-method': 'PUT' },
      });
      expect(status).toBe(200);
      expect(headers.get('access-control-allow-origin')).toBe(OWN);
      expect(headers.get('access-control-allow-methods')).toContain('PUT');
      expect(headers.get('access-control-allow-headers')).toContain('Authorization');
    },
  );

  it("may read answers, and the address of what they made, when the token's client names their origin", async () => {
    const list = await call(OWN, 'users');
    expect(list.status).toBe(200);
    expect(list.headers.get('access-control-allow-origin')).toBe(OWN);
    expect(list.headers.get('access-control-allow-credentials')).toBe('true');
    const made = await call(OWN, 'users', { method: 'POST', body: JSON.stringify({ username: 'newcomer' }) });
    expect(made.status).toBe(201);
    expect(made.headers.get('access-control-expose-headers')).toContain('Location');
    const missing = await call(OWN, 'users/nobody');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('access-control-allow-origin')).toBe(OWN);
  });

  it('may read nothing when the client does not name their origin', async () => {
    const { headers } = await call(FOREIGN, 'users');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });
});
