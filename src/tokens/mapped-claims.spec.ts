import { describe, expect, it } from 'vitest';
import type { ProtocolMapper } from '../realm/client-scope.js';
import type { Client } from '../realm/client.js';
import type { User } from '../realm/user.js';
import { boundMappers, mappedClaims, subjectFor } from './mapped-claims.js';
import type { MapperContext } from './protocol-mappers/token-mapper.js';
import type { GrantedScope } from './scopes.js';

const USER = { id: 'f1d0', username: 'ann', attributes: {} } as unknown as User;

const mapper = (protocolMapper: string, config: Record<string, string>): ProtocolMapper => ({
  id: protocolMapper,
  name: protocolMapper,
  protocol: 'openid-connect',
  protocolMapper,
  config,
});

const REALM_ROLES = mapper('oidc-usermodel-realm-role-mapper', {
  'claim.name': 'realm_access.roles',
  'access.token.claim': 'true',
  multivalued: 'true',
});
const CLIENT_ROLES = mapper('oidc-usermodel-client-role-mapper', {
  'claim.name': 'resource_access.${client_id}.roles',
  'access.token.claim': 'true',
  multivalued: 'true',
});

const clientWith = (protocolMappers: readonly ProtocolMapper[], more: Partial<Client> = {}): Client =>
  ({ clientId: 'app', redirectUris: ['https://app.example/cb'], protocolMappers, ...more }) as Client;

function accessClaims(...mappers: readonly ProtocolMapper[]) {
  const client = clientWith(mappers);
  const roles = { realm: ['staff', 'user'], clients: { shop: ['buyer'] } };
  const context = { client, user: USER, roles, subject: 'subject' } as unknown as MapperContext;
  return mappedClaims(boundMappers(client, { scopes: [] } as unknown as GrantedScope), 'access', context);
}

const renamed = (role: string, name: string): ProtocolMapper =>
  mapper('oidc-role-name-mapper', { role, 'new.role.name': name });

describe('mappers that change roles', () => {
  it.each<[string, ProtocolMapper, object]>([
    ['a realm role', renamed('staff', 'crew'), { realm: ['user', 'crew'], shop: ['buyer'] }],
    ['a client role', renamed('shop.buyer', 'shop.customer'), { realm: ['staff', 'user'], shop: ['customer'] }],
    ['a realm role for a client', renamed('user', 'shop.user'), { realm: ['staff'], shop: ['buyer', 'user'] }],
    ['a role nobody has', renamed('boss', 'chief'), { realm: ['staff', 'user'], shop: ['buyer'] }],
    [
      'a role that is added',
      mapper('oidc-hardcoded-role-mapper', { role: 'shop.guest' }),
      { realm: ['staff', 'user'], shop: ['buyer', 'guest'] },
    ],
  ])('%s: what role mappers then say', (_what, change, { realm, shop }: { realm?: string[]; shop?: string[] }) => {
    expect(accessClaims(REALM_ROLES, CLIENT_ROLES, change)).toEqual({
      realm_access: { roles: realm },
      resource_access: { shop: { roles: shop } },
    });
  });

  it('say nothing without a mapper that writes roles', () => {
    expect(accessClaims(mapper('oidc-hardcoded-role-mapper', { role: 'guest' }))).toEqual({});
  });
});

describe('the subject', () => {
  const pairwise = (config: Record<string, string> = {}): ProtocolMapper =>
    mapper('oidc-sha256-pairwise-sub-mapper', { pairwiseSubAlgorithmSalt: 'salt', ...config });
  const subject = (client: Client): string =>
    subjectFor(boundMappers(client, { scopes: [] } as unknown as GrantedScope), USER, client);

  it('is the user id, or with a pairwise mapper a UUID that tells nothing of it', () => {
    expect(subject(clientWith([]))).toBe('f1d0');
    // md5, as version 3 UUID, of sha256("app.example" + "f1d0" + "salt")
    expect(subject(clientWith([pairwise()]))).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('is the same within a sector, and another for another sector or salt', () => {
    const here = subject(clientWith([pairwise()]));
    expect(subject(clientWith([pairwise()], { redirectUris: ['https://app.example/other'] }))).toBe(here);
    expect(subject(clientWith([pairwise()], { redirectUris: ['https://other.example/cb'] }))).not.toBe(here);
    expect(subject(clientWith([pairwise({ pairwiseSubAlgorithmSalt: 'pepper' })]))).not.toBe(here);
    const sector = pairwise({ sectorIdentifierUri: 'https://app.example/sector.json' });
    expect(subject(clientWith([sector], { redirectUris: ['https://other.example/cb'] }))).toBe(here);
  });
});
