import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession, type App, type TokenReply } from '../../support/browser-session.js';
import { AdminApi } from '../security/admin-api.js';
import { APP, OTHER, TimedRealm, claimsOf } from './timed-realm.js';

const OFFLINE = { scope: 'openid offline_access' };
const DAY = 86_400;

let realm: TimedRealm;

beforeAll(async () => {
  realm = await TimedRealm.start(['ann', 'ben', 'cleo', 'dan', 'eve', 'finn', 'gus']);
});
beforeEach(() => realm.reset());
afterAll(() => realm.server.close());

const chief = (): Promise<AdminApi> => AdminApi.chief(realm.server, APP.realm);
const idOf = async (name: string): Promise<string> => (await realm.server.user(APP.realm, name)).id;
const offlineOf = async (name: string, app: App = APP): Promise<unknown> =>
  realm.ask(`users/${await idOf(name)}/offline-sessions/${await realm.uuidOf(app)}`);

describe('offline access', () => {
  it('is asked for in the code flow, survives logout and restart (rows 62, 63, 71)', async () => {
    const person = new BrowserSession(realm.server);
    const tokens = await person.exchange(APP, await person.login(APP, 'ann', OFFLINE));
    expect(claimsOf(tokens.refresh_token)).toMatchObject({ typ: 'Offline' });
    expect((await realm.server.sessions(APP.realm, 'ann')).length).toBe(1);
    await realm.server.endSessions(APP.realm, 'ann');
    await realm.server.restart();
    realm.wait(15 * DAY);
    const fresh = await realm.refresh(tokens);
    expect(fresh).toMatchObject({ status: 200, session_state: tokens.session_state });
    expect(claimsOf(fresh.refresh_token)).toMatchObject({ typ: 'Offline' });
    expect(await realm.server.sessions(APP.realm, 'ann')).toEqual([]);
  });

  it('is asked for in the direct grant, which then opens no online session (row 72)', async () => {
    const tokens = await realm.login('ben', OFFLINE);
    expect(claimsOf(tokens.refresh_token)).toMatchObject({ typ: 'Offline' });
    expect(await realm.server.sessions(APP.realm, 'ben')).toEqual([]);
  });

  it('rotates where the realm says so: each token works once (row 65)', async () => {
    await realm.set({ revokeRefreshToken: true });
    const first = await realm.login('cleo', OFFLINE);
    const second = await realm.refresh(first);
    expect(second.status).toBe(200);
    expect(await realm.refresh(first)).toMatchObject({
      status: 400,
      error_description: 'Maximum allowed refresh token reuse exceeded',
    });
    expect((await realm.refresh(second)).status).toBe(400);
  });

  it('is listed by client for administrators, who take it back by user (rows 67, 68)', async () => {
    const tokens = await realm.login('dan', OFFLINE);
    const other = await realm.login('dan', OFFLINE, OTHER);
    const listed = [{ id: tokens.session_state, username: 'dan' }];
    expect(await offlineOf('dan')).toMatchObject(listed);
    const ofClient = (await realm.ask(`clients/${await realm.uuidOf(APP)}/offline-sessions`)) as readonly object[];
    expect(ofClient).toContainEqual(expect.objectContaining(listed[0]!));
    const { status } = await (await chief()).delete(`users/${await idOf('dan')}/consents/${APP.clientId}`);
    expect(status).toBe(204);
    expect(await offlineOf('dan')).toEqual([]);
    expect(await realm.refresh(tokens)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect((await realm.refresh(other, OTHER)).status).toBe(200);
  });

  it('ends with the session that an administrator deletes', async () => {
    const tokens = await realm.login('dan', OFFLINE);
    const { status } = await (await chief()).delete(`sessions/${tokens.session_state}?isOffline=true`);
    expect(status).toBe(204);
    expect(await realm.refresh(tokens)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  const refused = async (tokens: TokenReply): Promise<void> => {
    expect(await realm.refresh(tokens)).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Stale token',
    });
  };

  it('is over with a not-before of the realm, the client or the user (row 69)', async () => {
    const ofRealm = await realm.login('eve', OFFLINE);
    realm.wait(2);
    await realm.set({ notBefore: realm.server.clock.seconds() });
    await refused(ofRealm);
    await realm.set({ notBefore: 0 });
    expect((await realm.refresh(ofRealm)).status).toBe(200);

    const ofClient = await realm.login('eve', OFFLINE);
    realm.wait(2);
    const path = `clients/${await realm.uuidOf(APP)}`;
    await (await chief()).put(path, { clientId: APP.clientId, notBefore: realm.server.clock.seconds() });
    await refused(ofClient);
    await (await chief()).put(path, { clientId: APP.clientId, notBefore: 0 });

    const ofUser = await realm.login('eve', OFFLINE);
    realm.wait(2);
    await (await chief()).post(`users/${await idOf('eve')}/logout`, {});
    await refused(ofUser);
    expect((await realm.refresh(await realm.login('eve', OFFLINE))).status).toBe(200);
  });

  it('needs the role, at login and at every refresh (row 70)', async () => {
    const role = await realm.ask('roles/offline_access');
    const mappings = `users/${await idOf('finn')}/role-mappings/realm`;
    const tokens = await realm.login('finn', OFFLINE);
    await (await chief()).send('DELETE', mappings, JSON.stringify([role]));
    expect(await realm.refresh(tokens)).toMatchObject({
      status: 400,
      error_description: 'Offline session invalid because offline access not granted anymore',
    });
    const denied = { status: 400, error_description: 'Offline tokens not allowed for the user or client' };
    expect(await realm.login('finn', OFFLINE)).toMatchObject(denied);
    expect(await realm.server.sessions(APP.realm, 'finn')).toEqual([]);
    const person = new BrowserSession(realm.server);
    expect(await person.exchange(APP, await person.login(APP, 'finn', OFFLINE))).toMatchObject(denied);
  });

  it('is an optional scope: who does not ask has none, and who may not ask is told (row 70)', async () => {
    expect(claimsOf((await realm.login('gus')).refresh_token)).toMatchObject({ typ: 'Refresh' });
    const scopes = (await realm.ask('client-scopes')) as readonly { id: string; name: string }[];
    const { id } = scopes.find(({ name }) => name === 'offline_access')!;
    const path = `clients/${await realm.uuidOf(APP)}/optional-client-scopes/${id}`;
    await (await chief()).delete(path);
    expect(await realm.login('gus', OFFLINE)).toMatchObject({ status: 400, error: 'invalid_scope' });
    await (await chief()).put(path);
    expect((await realm.login('gus', OFFLINE)).status).toBe(200);
  });
});
