import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SessionService } from '../../../src/sessions/session-service.js';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { AdminApi } from '../security/admin-api.js';
import { endedRealm, PLAIN, ROLLING } from './ended-realm.js';

/** Every session of the test: whose, and what is special about it. */
const SESSIONS = {
  'ann 1': ['ann', PLAIN, 'openid'],
  'ann 2': ['ann', ROLLING, 'openid'],
  'ann offline': ['ann', PLAIN, 'openid offline_access'],
  'ben 1': ['ben', PLAIN, 'openid'],
  'ben offline': ['ben', ROLLING, 'openid offline_access'],
} as const satisfies Readonly<Record<string, readonly [string, App, string]>>;
type Label = keyof typeof SESSIONS;

let server: RunningServer;
let admin: AdminApi;
const ids = new Map<string, Label>();
const idOf = (label: Label): string => [...ids].find(([, each]) => each === label)?.[0] ?? '';

beforeAll(async () => {
  const roles = { realmRoles: ['offline_access'] };
  server = await RunningServer.start({
    realms: [endedRealm(['ann', 'ben'], [], {}, { ann: roles, ben: roles })],
  });
});

afterAll(() => server.close());

beforeEach(async () => {
  admin = await AdminApi.chief(server, 'ended');
  await admin.post('logout-all', {});
  server.clock.advance(2000);
  ids.clear();
  for (const [label, [name, app, scope]] of Object.entries(SESSIONS)) {
    const { session_state: id, error_description: problem } = await passwordGrant(server, app, name, { scope });
    expect(problem).toBeUndefined();
    ids.set(id ?? '', label as Label);
  }
  admin = await AdminApi.chief(server, 'ended');
});

/** Sessions of the test that are live. */
async function left(): Promise<readonly Label[]> {
  const realm = await server.realm('ended');
  const found: Label[] = [];
  for (const name of ['ann', 'ben']) {
    const { id } = await server.user('ended', name);
    for (const offline of [false, true]) {
      const sessions = await server.part(SessionService).ofUser(realm, id, offline);
      found.push(...sessions.flatMap(({ session }) => ids.get(session.id) ?? []));
    }
  }
  return found.sort();
}

const without = (...gone: readonly Label[]): readonly string[] =>
  Object.keys(SESSIONS).filter((label) => !gone.some((each) => each === label));

describe('a logout by an administrator ends', () => {
  it('one session, online or offline, and no other', async () => {
    expect((await admin.delete(`sessions/${idOf('ann 1')}`)).status).toBe(204);
    expect(await left()).toEqual(without('ann 1'));
    // online and offline ones have id spaces of their own
    expect((await admin.delete(`sessions/${idOf('ann offline')}`)).status).toBe(404);
    expect((await admin.delete(`sessions/${idOf('ann offline')}?isOffline=true`)).status).toBe(204);
    expect(await left()).toEqual(without('ann 1', 'ann offline'));
    const again = await admin.delete(`sessions/${idOf('ann 1')}`);
    expect([again.status, again.body]).toEqual([404, { error: 'Sesssion not found' }]);
  });

  it('the online sessions of a user; offline ones stay listed', async () => {
    const { id } = await server.user('ended', 'ann');
    expect((await admin.post(`users/${id}/logout`, {})).status).toBe(204);
    expect(await left()).toEqual(without('ann 1', 'ann 2'));
  });

  it('all sessions of a user who is switched off', async () => {
    const { id } = await server.user('ended', 'ann');
    await admin.put(`users/${id}`, { enabled: false });
    expect(await left()).toEqual(without('ann 1', 'ann 2', 'ann offline'));
    await admin.put(`users/${id}`, { enabled: true });
  });

  it('all sessions in which an application that is switched off was alone', async () => {
    const [client] = (await admin.get('clients?clientId=rolling')).body as readonly { readonly id: string }[];
    await admin.put(`clients/${client?.id ?? ''}`, { enabled: false });
    expect(await left()).toEqual(without('ann 2', 'ben offline'));
    await admin.put(`clients/${client?.id ?? ''}`, { enabled: true });
  });

  it('everything in the realm, and nothing in another', async () => {
    expect((await admin.post('logout-all', {})).status).toBe(200);
    expect(await left()).toEqual([]);
    expect((await admin.get('')).status).toBe(200); // the administrator's own session is in master
  });
});
