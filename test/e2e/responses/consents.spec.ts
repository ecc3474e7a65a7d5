import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askForTokens,
  BrowserSession,
  passwordGrant,
  type App,
  type TokenReply,
} from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';

const app = (clientId: string): App => ({ realm: 'consents', clientId, redirectUri: `http://${clientId}.test/cb` });
const ASKS = app('asks');
const PLAIN = app('plain');
const OFFLINE = 'openid offline_access';

let server: RunningServer;
let admin: AdminApi;

beforeAll(async () => {
  const names = ['ann', 'ben', 'cleo', 'dora', 'emil'];
  const roles = { realmRoles: ['offline_access'] };
  const realm = testRealm({
    realm: 'consents',
    people: names,
    users: Object.fromEntries(names.map((name) => [name, roles])),
    apps: [ASKS, PLAIN],
    clients: { [ASKS.clientId]: { consentRequired: true } },
  });
  server = await RunningServer.start({ realms: [realm] });
});

beforeAll(async () => {
  admin = await AdminApi.chief(server, 'consents');
});

afterAll(() => server.close());

interface Consent {
  readonly clientId: string;
  readonly grantedClientScopes: readonly string[];
  readonly createdDate: number | null;
  readonly lastUpdatedDate: number | null;
  readonly additionalGrants: readonly object[];
}

const consentsOf = async (name: string): Promise<readonly Consent[]> => {
  const { id } = await server.user('consents', name);
  return (await admin.get(`users/${id}/consents`)).body as readonly Consent[];
};
const revoke = async (name: string, clientId: string) => {
  const { id } = await server.user('consents', name);
  return admin.delete(`users/${id}/consents/${clientId}`);
};
const refresh = (from: Pick<TokenReply, 'refresh_token'>, client = ASKS): Promise<TokenReply> =>
  askForTokens(server, client, { grant_type: 'refresh_token', refresh_token: from.refresh_token ?? '' });

/** A login at the application that asks, with its consent. */
async function consented(name: string, scope = 'openid') {
  const person = new BrowserSession(server);
  const reply = await person.submit(await person.login(ASKS, name, { scope }), { accept: 'on' });
  return { person, reply, tokens: await person.exchange(ASKS, reply) };
}

describe('stored consents', () => {
  it('are listed as Keycloak lists them', async () => {
    expect(await consentsOf('ann')).toEqual([]);
    await consented('ann');
    const [consent] = await consentsOf('ann');
    expect(consent).toMatchObject({ clientId: 'asks', additionalGrants: [] });
    expect([...consent!.grantedClientScopes].sort()).toEqual(['email', 'profile', 'roles']);
    expect(consent!.createdDate).toBe(server.clock.now());
    expect(consent!.lastUpdatedDate).toBe(server.clock.now());
  });

  it('taken back by an administrator: the tokens stop working, single sign-on goes on, and the page asks again', async () => {
    const { person, tokens } = await consented('ben');
    await person.authorize(PLAIN);
    expect((await revoke('ben', 'asks')).status).toBe(204);
    expect(await consentsOf('ben')).toEqual([]);
    expect(await refresh(tokens)).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_description: "Session doesn't have required client",
    });
    const [session] = await server.sessions('consents', 'ben');
    expect(session!.clients).toHaveLength(1);
    expect((await person.follow(await person.authorize(ASKS))).page.form.names).toContain('accept');
    expect((await revoke('ben', 'asks')).status).toBe(404);
  });

  it('name offline tokens as an additional grant, and take them back too', async () => {
    const { tokens } = await consented('cleo', OFFLINE);
    const { id } = await server.user('consents', 'cleo');
    const { body } = await admin.get('clients?clientId=asks');
    const uuid = (body as { id: string }[])[0]!.id;
    expect((await consentsOf('cleo'))[0]).toMatchObject({
      additionalGrants: [{ client: uuid, key: 'Offline Token' }],
    });
    expect((await refresh(tokens)).status).toBe(200);
    expect((await admin.delete(`users/${id}/consents/asks`)).status).toBe(204);
    expect(await refresh(tokens)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await consentsOf('cleo')).toEqual([]);
  });

  it('list and revoke offline tokens of a client that never asked', async () => {
    const tokens = await passwordGrant(server, PLAIN, 'dora', { scope: OFFLINE });
    expect(await consentsOf('dora')).toEqual([
      {
        clientId: 'plain',
        grantedClientScopes: [],
        createdDate: null,
        lastUpdatedDate: null,
        additionalGrants: [{ client: expect.any(String) as string, key: 'Offline Token' }],
      },
    ]);
    expect((await revoke('dora', 'plain')).status).toBe(204);
    expect(await refresh(tokens, PLAIN)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('are asked about again at every refresh and exchange: a scope that wants consent from now on stops the tokens', async () => {
    const { person, tokens } = await consented('emil');
    const pending = await person.authorize(ASKS);
    const { body } = await admin.get('client-scopes');
    const acr = (body as { id: string; name: string; attributes: object }[]).find(({ name }) => name === 'acr')!;
    const shown = { ...acr, attributes: { ...acr.attributes, 'display.on.consent.screen': 'true' } };
    expect((await admin.put(`client-scopes/${acr.id}`, shown)).status).toBe(204);
    const withdrawn = {
      status: 400,
      error: 'invalid_scope',
      error_description: 'Client no longer has requested consent from user',
    };
    expect(await refresh(tokens)).toMatchObject(withdrawn);
    expect(await person.exchange(ASKS, pending)).toMatchObject(withdrawn);
    expect((await admin.put(`client-scopes/${acr.id}`, acr)).status).toBe(204);
  });

  it('answers with what is missing', async () => {
    expect(await revoke('ann', 'nobody')).toMatchObject({ status: 404, body: { error: 'Client not found' } });
    expect(await revoke('ann', 'plain')).toMatchObject({
      status: 404,
      body: { error: 'Consent nor offline token not found' },
    });
    expect(await admin.get('users/nobody/consents')).toMatchObject({ status: 404, body: { error: 'User not found' } });
  });

  it('are told in the LOGIN event', async () => {
    const login = async (name: string) =>
      (await server.events('consents'))
        .filter(({ type, userId }) => type === 'LOGIN' && userId === name)
        .map(({ details }) => details['consent']);
    const { id } = await server.user('consents', 'ann');
    const person = new BrowserSession(server);
    server.clock.advance(1000);
    await person.login(ASKS, 'ann');
    server.clock.advance(1000);
    await person.authorize(PLAIN);
    expect((await login(id)).slice(-2)).toEqual(['persistent_consent', 'no_consent_required']);
  });
});
