import { describe, expect, it } from 'vitest';
import type { FlowCatalog, StoredExecution, StoredFlow } from '../flows/stored-flow.js';
import type { StepProvider } from '../flows/step-providers.js';
import type { User } from '../realm/user.js';
import type { SessionWithClients } from '../sessions/user-session.js';
import { mergeClient, newClient, originsOf, toClientRepresentation } from './client-representation.js';
import { toExecutionInfos, toFlowRepresentation } from './flow-representation.js';
import { groupPaths } from '../realm/group-paths.js';
import { toUserSessionRepresentation } from './user-session-representation.js';
import { FULL_USER_ACCESS, mergeUser, newUser, toUserRepresentation } from './user-representation.js';

const reading = { newId: () => 'new-id' };
const shop = newClient(
  {},
  { id: 'c1', realmId: 'r1', clientId: 'shop', defaultClientScopes: ['s1'], optionalClientScopes: ['s2'] },
  reading,
);

describe('Clients', () => {
  it('are shown with the defaults of a new client, in the order of the reference', () => {
    const access = { view: true, configure: true, manage: true };
    const names = new Map([
      ['s1', 'profile'],
      ['s2', 'address'],
    ]);
    const representation = toClientRepresentation(shop, { nameOfScope: (id) => names.get(id), secret: 'hush', access });
    expect(Object.entries(representation)).toEqual([
      ['id', 'c1'],
      ['clientId', 'shop'],
      ['surrogateAuthRequired', false],
      ['enabled', true],
      ['alwaysDisplayInConsole', false],
      ['clientAuthenticatorType', 'client-secret'],
      ['secret', 'hush'],
      ['redirectUris', []],
      ['webOrigins', []],
      ['notBefore', 0],
      ['bearerOnly', false],
      ['consentRequired', false],
      ['standardFlowEnabled', true],
      ['implicitFlowEnabled', false],
      ['directAccessGrantsEnabled', false],
      ['serviceAccountsEnabled', false],
      ['publicClient', false],
      ['frontchannelLogout', false],
      ['protocol', 'openid-connect'],
      ['attributes', { realm_client: 'false' }],
      ['authenticationFlowBindingOverrides', {}],
      ['fullScopeAllowed', true],
      ['nodeReRegistrationTimeout', -1],
      ['defaultClientScopes', ['profile']],
      ['optionalClientScopes', ['address']],
      ['access', access],
    ]);
  });

  it('tell no secret when they are public', () => {
    const open = mergeClient(shop, { publicClient: true }, reading);
    expect(toClientRepresentation(open, { nameOfScope: () => undefined, secret: 'hush' })).not.toHaveProperty('secret');
  });

  it('are merged: absent members stay, attributes one by one, web origins follow redirect URIs', () => {
    const before = { ...shop, attributes: { kept: '1', gone: '2' }, flowOverrides: { browser: 'f1' } };
    const body = {
      redirectUris: ['http://shop.test/*'],
      attributes: { gone: '', added: '3' },
      defaultClientScopes: ['other'],
    };
    expect(mergeClient(before, body, reading)).toEqual({
      ...before,
      redirectUris: ['http://shop.test/*'],
      webOrigins: ['http://shop.test'],
      attributes: { kept: '1', added: '3' },
    });
    expect(mergeClient(before, { redirectUris: ['http://x/*'], webOrigins: [] }, reading).webOrigins).toEqual([]);
  });

  it('refuse a mapper without a provider, naming it', () => {
    const act = () => mergeClient(shop, { protocolMappers: [{ name: 'x' }] }, { ...reading, path: 'clients[2]' });
    expect(act).toThrow('clients[2].protocolMappers[0].protocolMapper: is missing');
  });

  it.each([
    [
      ['http://a.test/*', 'http://a.test/other', 'https://b.test:8443'],
      ['http://a.test', 'https://b.test:8443'],
    ],
    [['/relative', '*', 'acme://cb', 'http://localhost:5173/*'], ['http://localhost:5173']],
  ])('have in %j the origins %j', (uris, origins) => {
    expect(originsOf(uris)).toEqual(origins);
  });
});

describe('Users', () => {
  const carol: User = newUser(
    { email: 'Carol@Example.test', firstName: 'Carol', lastName: 'C', enabled: true },
    { id: 'u1', realmId: 'r1', username: 'Carol', now: 5 },
  );

  it('are shown in the order of the reference, without what is not set', () => {
    expect(Object.entries(toUserRepresentation(carol, { totp: false, access: FULL_USER_ACCESS }))).toEqual([
      ['id', 'u1'],
      ['username', 'carol'],
      ['firstName', 'Carol'],
      ['lastName', 'C'],
      ['email', 'carol@example.test'],
      ['emailVerified', false],
      ['enabled', true],
      ['createdTimestamp', 5],
      ['totp', false],
      ['disableableCredentialTypes', []],
      ['requiredActions', []],
      ['notBefore', 0],
      ['access', FULL_USER_ACCESS],
    ]);
  });

  it.each([
    [
      { firstName: 'Caro', enabled: false },
      { firstName: 'Caro', enabled: false },
    ],
    [{ attributes: { a: ['1'], none: [], email: ['x'] } }, { attributes: { a: ['1'] } }],
    [{ requiredActions: ['UPDATE_PASSWORD'] }, { requiredActions: ['UPDATE_PASSWORD'] }],
    [{ username: 'CAROLINE' }, { username: 'caroline' }],
    [{}, {}],
  ])('change by %j', (body, change) => {
    expect(mergeUser(carol, body)).toEqual({ ...carol, ...change });
  });

  it('lose their e-mail by an empty text', () => {
    expect(mergeUser(carol, { email: '' })).not.toHaveProperty('email');
  });
});

describe('Flows', () => {
  const flow = (id: string, more: Partial<StoredFlow> = {}): StoredFlow => ({
    id,
    realmId: 'r1',
    alias: `alias ${id}`,
    description: `about ${id}`,
    providerId: 'basic-flow',
    topLevel: false,
    builtIn: false,
    position: 0,
    ...more,
  });
  const row = (id: string, parentFlowId: string, more: Partial<StoredExecution>): StoredExecution => ({
    id,
    realmId: 'r1',
    parentFlowId,
    requirement: 'REQUIRED',
    priority: 10,
    ...more,
  });
  const catalog: FlowCatalog = {
    flows: [flow('f1', { topLevel: true }), flow('f2'), flow('f3', { providerId: 'form-flow' })],
    executions: [
      row('e1', 'f1', { authenticator: 'user-session-limits', configId: 'k1' }),
      row('e2', 'f1', { flowId: 'f2', requirement: 'CONDITIONAL', priority: 20 }),
      row('e3', 'f2', { authenticator: 'auth-cookie', configId: 'k1' }),
      row('e4', 'f2', { flowId: 'f3', authenticator: 'registration-page-form', priority: 30 }),
    ],
    configs: [{ id: 'k1', realmId: 'r1', alias: 'limits', values: { userRealmLimit: '3' } }],
  };
  const providers = new Map<string, StepProvider>([
    [
      'user-session-limits',
      {
        id: 'user-session-limits',
        title: 'Limiter',
        help: '',
        requirements: ['REQUIRED', 'DISABLED'],
        configurable: true,
      },
    ],
    ['auth-cookie', { id: 'auth-cookie', title: 'Cookie', help: '', requirements: ['REQUIRED'], configurable: false }],
  ]);

  it('are exported with sub-flows and configs by alias', () => {
    expect(toFlowRepresentation(flow('f1', { topLevel: true }), catalog)['authenticationExecutions']).toEqual([
      {
        authenticatorConfig: 'limits',
        authenticator: 'user-session-limits',
        authenticatorFlow: false,
        requirement: 'REQUIRED',
        priority: 10,
        autheticatorFlow: false,
        userSetupAllowed: false,
      },
      {
        authenticatorFlow: true,
        requirement: 'CONDITIONAL',
        priority: 20,
        autheticatorFlow: true,
        flowAlias: 'alias f2',
        userSetupAllowed: false,
      },
    ]);
  });

  it('list their executions depth first; only sub-flows say that they are one', () => {
    const rows = toExecutionInfos(catalog, 'f1', (_kind, id) => providers.get(id));
    expect(rows).toEqual([
      {
        id: 'e1',
        requirement: 'REQUIRED',
        displayName: 'Limiter',
        alias: 'limits',
        requirementChoices: ['REQUIRED', 'DISABLED'],
        configurable: true,
        providerId: 'user-session-limits',
        authenticationConfig: 'k1',
        level: 0,
        index: 0,
        priority: 10,
      },
      {
        id: 'e2',
        requirement: 'CONDITIONAL',
        displayName: 'alias f2',
        description: 'about f2',
        requirementChoices: ['REQUIRED', 'ALTERNATIVE', 'DISABLED', 'CONDITIONAL'],
        configurable: false,
        authenticationFlow: true,
        flowId: 'f2',
        level: 0,
        index: 1,
        priority: 20,
      },
      {
        id: 'e3',
        requirement: 'REQUIRED',
        displayName: 'Cookie',
        requirementChoices: ['REQUIRED'],
        configurable: false,
        providerId: 'auth-cookie',
        authenticationConfig: 'k1',
        level: 1,
        index: 0,
        priority: 10,
      },
      {
        id: 'e4',
        requirement: 'REQUIRED',
        displayName: 'alias f3',
        description: 'about f3',
        requirementChoices: ['REQUIRED', 'DISABLED'],
        configurable: false,
        authenticationFlow: true,
        providerId: 'registration-page-form',
        flowId: 'f3',
        level: 1,
        index: 1,
        priority: 30,
      },
    ]);
  });

  it('say when a provider is not known', () => {
    expect(() => toExecutionInfos(catalog, 'f1', () => undefined)).toThrow('Could not find authenticator provider');
  });
});

describe('Groups', () => {
  it('have paths in which a slash of a name is escaped', () => {
    const group = (id: string, name: string, parentId?: string) => ({
      id,
      realmId: 'r1',
      name,
      attributes: {},
      ...(parentId !== undefined && { parentId }),
    });
    const paths = groupPaths([group('a', 'shops'), group('b', 'on/line', 'a'), group('c', 'eu', 'b')]);
    expect([...paths.values()]).toEqual(['/shops', '/shops/on~/line', '/shops/on~/line/eu']);
  });
});

describe('User sessions', () => {
  it('tell whole seconds and the clients that are still there', () => {
    const session = {
      id: 's',
      realmId: 'r1',
      userId: 'u1',
      username: 'carol',
      ipAddress: '::1',
      startedAt: 1999,
      lastAccess: 2999,
      rememberMe: false,
    };
    const found = { session, clients: [{ clientId: 'c1' }, { clientId: 'gone' }] } as unknown as SessionWithClients;
    expect(toUserSessionRepresentation(found, (id) => (id === 'c1' ? 'shop' : undefined))).toEqual({
      id: 's',
      username: 'carol',
      userId: 'u1',
      ipAddress: '::1',
      start: 1000,
      lastAccess: 2000,
      rememberMe: false,
      clients: { c1: 'shop' },
      transientUser: false,
    });
  });
});
