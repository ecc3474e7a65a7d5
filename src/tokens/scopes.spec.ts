import { describe, expect, it } from 'vitest';
import type { Client } from '../realm/client.js';
import type { ClientScope, ClientScopeStore } from '../realm/client-scope.js';
import { ScopeResolver } from './scopes.js';

const scope = (name: string, more: Partial<ClientScope> = {}): ClientScope => ({
  id: name,
  realmId: 'r',
  name,
  protocol: 'openid-connect',
  attributes: {},
  protocolMappers: [],
  scopeMappings: [],
  ...more,
});
const silent = { attributes: { 'include.in.token.scope': 'false' } };
const all = [
  scope('profile'),
  scope('email'),
  scope('basic', silent),
  scope('role_list', { protocol: 'saml' }),
  scope('phone'),
  scope('offline_access'),
  scope('secret'),
];
const store = {
  byIds: (_realm: string, ids: readonly string[]) => Promise.resolve(all.filter(({ id }) => ids.includes(id))),
} as unknown as ClientScopeStore;
const client = {
  realmId: 'r',
  defaultClientScopes: ['profile', 'email', 'basic', 'role_list'],
  optionalClientScopes: ['phone', 'offline_access'],
} as unknown as Client;
const resolver = new ScopeResolver(store);

describe('ScopeResolver', () => {
  it.each<[string | undefined, string | undefined, string | undefined]>([
    [undefined, 'email profile', 'basic email profile'],
    ['openid', 'openid email profile', 'openid basic email profile'],
    ['phone openid ', 'openid email phone profile', 'openid basic email phone profile'],
    ['phone  openid', undefined, undefined],
    [' openid', undefined, undefined],
    ['email', 'email profile', 'basic email profile'],
    ['', undefined, undefined],
    [' ', undefined, undefined],
    ['openid nonsense', undefined, undefined],
    ['secret', undefined, undefined],
    ['role_list', undefined, undefined],
  ])('resolves %j to %j', async (requested, text, names) => {
    const resolved = await resolver.resolve(client, requested);
    expect(resolved?.text).toBe(text);
    expect(resolved?.names).toBe(names);
  });

  it('knows offline access', async () => {
    expect((await resolver.resolve(client, 'offline_access'))?.offline).toBe(true);
    expect((await resolver.resolve(client, 'openid'))?.offline).toBe(false);
  });

  it('restores what the client still has, and adds nothing', async () => {
    expect((await resolver.restore(client, 'openid phone secret')).names).toBe('openid phone');
  });
});
