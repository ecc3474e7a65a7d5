import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForTokens, BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, rawCall, refusal } from './admin-scene.js';

const REALM = 'informed';
const MANAGEMENT = { clientRoles: { 'realm-management': ['view-realm', 'query-users'] } };

/** Texts that nothing reads: lists of roles are always lists of texts. */
const SHOWN_NOWHERE = [
  ...['realm roles: multivalued', 'realm roles: user.attribute', 'realm roles: jsonType.label'],
  ...['client roles: multivalued', 'client roles: user.attribute', 'client roles: jsonType.label'],
  ...['groups: multivalued', 'groups: user.attribute', 'groups: jsonType.label'],
  ...['organization: id.token.claim', 'organization: access.token.claim', 'organization: claim.name'],
  ...['organization: jsonType.label', 'organization: multivalued', 'organization: introspection.token.claim'],
];

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [testRealm({ realm: REALM, people: ['ada', 'bob'], users: { ada: MANAGEMENT } })],
  });
  admin = await chiefClient(server, REALM);
});
afterAll(() => server.close());

/** The admin client with a token of somebody else. */
async function clientOf(app: App, token: Promise<{ access_token?: string }>): Promise<KcAdminClient> {
  const client = await chiefClient(server, app.realm);
  client.setAccessToken((await token).access_token ?? '');
  return client;
}
const memberClient = (name: string): Promise<KcAdminClient> => {
  const app = { realm: REALM, clientId: 'admin-cli', redirectUri: '' };
  return clientOf(app, passwordGrant(server, app, name));
};

describe('serverInfo', () => {
  it('has a version that clients can parse, and what is really there', async () => {
    const info = await admin.serverInfo.find();
    expect(info.systemInfo?.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(info.memoryInfo?.total).toBeGreaterThan(0);
    expect(info.providers?.['authenticator']?.providers).toHaveProperty('user-session-limits');
    expect(info.componentTypes?.['org.keycloak.keys.KeyProvider']?.map(({ id }) => id)).toContain('rsa-generated');
    expect(info.protocolMapperTypes?.['openid-connect']).toContainEqual(
      expect.objectContaining({ id: 'oidc-usermodel-attribute-mapper', name: 'User Attribute' }),
    );
    expect(info.passwordPolicies).toContainEqual(
      expect.objectContaining({ id: 'length', configType: 'int', defaultValue: '8' }),
    );
    expect(info.enums?.['operationType']).toEqual(['CREATE', 'UPDATE', 'DELETE', 'ACTION']);
    expect(info.themes?.['login']).toMatchObject([{ locales: ['en', 'de', 'es'] }]);
  });

  it('describes what may be set for every kind of protocol mapper', async () => {
    const info = await admin.serverInfo.find();
    const kinds = new Map(info.protocolMapperTypes?.['openid-connect']?.map(({ id, properties }) => [id, properties]));
    expect(kinds.get('oidc-usermodel-attribute-mapper')).toContainEqual({
      name: 'jsonType.label',
      label: 'Claim JSON Type',
      helpText: expect.stringMatching(/\w/) as string,
      type: 'List',
      options: ['String', 'long', 'int', 'boolean', 'JSON'],
      secret: false,
      required: false,
      readOnly: false,
    });
    expect(kinds.get('oidc-group-membership-mapper')).toContainEqual(
      expect.objectContaining({ name: 'full.path', type: 'boolean', defaultValue: 'true' }),
    );
    expect(
      kinds
        .get('oidc-audience-mapper')
        ?.map(({ name, type }) => [name, type])
        .slice(0, 2),
    ).toEqual([
      ['included.client.audience', 'ClientList'],
      ['included.custom.audience', 'String'],
    ]);
    expect([...kinds].filter(([, properties]) => properties.length === 0).map(([id]) => id)).toEqual([
      'oidc-organization-membership-mapper',
    ]);
    // What a new realm sets is what consoles can show; roles are always lists of texts here.
    const unknown = info.builtinProtocolMappers?.['openid-connect']?.flatMap(({ name, protocolMapper, config }) => {
      const known = new Set(kinds.get(protocolMapper ?? '')?.map((property) => property.name));
      return Object.keys(config as object)
        .filter((key) => !known.has(key))
        .map((key) => `${name ?? ''}: ${key}`);
    });
    expect(unknown?.toSorted()).toEqual(SHOWN_NOWHERE.toSorted());
  });

  it('tells administrators of a realm the version, and nothing of the machine', async () => {
    const info = await (await memberClient('ada')).serverInfo.find();
    expect(Object.keys(info.systemInfo ?? {})).toEqual(['version']);
    expect(info.memoryInfo).toBeUndefined();
    const bob = await memberClient('bob');
    expect(await refusal(bob.serverInfo.find())).toEqual({ status: 403, body: { error: 'HTTP 403 Forbidden' } });
  });

  it('gives the words in force, those of the realm first', async () => {
    await admin.realms.addLocalization({ realm: REALM, selectedLocale: 'de', key: 'button.signIn' }, 'Hinein');
    const asked = { realm: REALM, themeType: 'login', locale: 'de', source: true } as const;
    const texts = await admin.serverInfo.findEffectiveMessageBundles(asked);
    expect(texts).toContainEqual({ key: 'button.signIn', value: 'Hinein', source: 'REALM' });
    expect(texts.filter(({ source }) => source === 'THEME').length).toBeGreaterThan(100);
    const open = await fetch(`${server.url}/resources/${REALM}/login/de`, { headers: { origin: 'http://x.test' } });
    expect([open.status, open.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect((await rawCall(admin, 'GET', `/resources/${REALM}/nope/de`)).status).toBe(404);
  });
});

describe('whoAmI', () => {
  const console: App = { realm: 'master', clientId: 'security-admin-console', redirectUri: '' };

  async function consoleClient(): Promise<KcAdminClient> {
    const app = { ...console, redirectUri: `${server.url}/admin/master/console/` };
    const browser = new BrowserSession(server);
    const reply = await browser.submitOnly(await browser.authorize(app), ADMIN);
    const tokens = await askForTokens(server, app, {
      grant_type: 'authorization_code',
      code: reply.location.searchParams.get('code') ?? '',
      redirect_uri: app.redirectUri,
      code_verifier: BrowserSession.verifier,
    });
    return clientOf(app, Promise.resolve(tokens));
  }

  it('says who uses the console and what they may do in a realm', async () => {
    const who = await (await consoleClient()).whoAmI.find({ currentRealm: REALM });
    expect(who).toMatchObject({ realm: 'master', displayName: 'admin', createRealm: true, locale: 'en' });
    expect(who.realm_access[REALM]).toContain('manage-realm');
    expect(Object.keys(who.realm_access)).toEqual([REALM]);
  });

  it('answers no token of another client, and knows realms', async () => {
    const forbidden = { status: 403, body: { error: 'HTTP 403 Forbidden' } };
    admin.setConfig({ realmName: 'master' });
    expect(await refusal(admin.whoAmI.find())).toEqual(forbidden);
    admin.setConfig({ realmName: REALM });
    const lost = await refusal((await consoleClient()).whoAmI.find({ currentRealm: 'nowhere' }));
    expect(lost).toEqual({ status: 404, body: { error: 'Realm not found.' } });
  });
});
