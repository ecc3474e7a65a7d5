import { beforeEach, describe, expect, it } from 'vitest';
import { InMemoryClientStore } from '../../test/support/fakes/in-memory-client-store.js';
import { InMemoryRoleStore } from '../../test/support/fakes/in-memory-role-store.js';
import { sampleClient } from '../../test/support/fakes/sample-realm.js';
import type { Role } from './role.js';
import { RoleService } from './role-service.js';

const REALM = 'realm-1';
const role = (id: string, members: Partial<Role> = {}): Role => ({
  id,
  realmId: REALM,
  name: id,
  attributes: {},
  composites: [],
  ...members,
});

let roles: InMemoryRoleStore;
let service: RoleService;

beforeEach(async () => {
  roles = new InMemoryRoleStore();
  const clients = new InMemoryClientStore();
  service = new RoleService(roles, clients);
  await clients.insert(sampleClient({ id: 'c-shop', clientId: 'shop' }));
  await clients.insert(sampleClient({ id: 'c-shop-eu', clientId: 'shop.eu' }));
  for (const each of [
    role('staff', { composites: ['clerk'] }),
    role('clerk', { composites: ['reader', 'staff'] }),
    role('reader'),
    role('other'),
    role('dotted', { name: 'a.b.c' }),
    role('shop-buyer', { clientId: 'c-shop', name: 'buyer' }),
    role('shop-eu-buyer', { clientId: 'c-shop-eu', name: 'buyer' }),
    role('shop-dotted', { clientId: 'c-shop', name: 'de.buyer' }),
    role('hidden', { name: 'shop.hidden' }),
  ]) {
    await roles.insert(each);
  }
});

describe('findByQualifiedName', () => {
  it.each([
    ['staff', 'staff'],
    ['shop.buyer', 'shop-buyer'],
    ['shop.eu.buyer', 'shop-eu-buyer'],
    ['shop.de.buyer', 'shop-dotted'],
    ['a.b.c', 'dotted'],
    ['shop.nothing', undefined],
    ['shop.hidden', undefined],
    ['nowhere.buyer', undefined],
    ['.buyer', undefined],
    ['', undefined],
  ])('%j is %s', async (name, id) => {
    expect((await service.findByQualifiedName(REALM, name))?.id).toBe(id);
  });

  it('gives up on a name of many dots', async () => {
    expect(await service.findByQualifiedName(REALM, `shop.${'.'.repeat(10_000)}`)).toBeUndefined();
  });
});

describe('effective roles', () => {
  it('come through composites, also when those go round in a circle', async () => {
    await roles.mapToUser(REALM, 'u', ['staff']);
    const names = (await service.effectiveRoles(REALM, 'u')).map(({ name }) => name);
    expect(names.sort()).toEqual(['clerk', 'reader', 'staff']);
    expect(await service.hasRole(REALM, 'u', 'reader')).toBe(true);
    expect(await service.hasRole(REALM, 'u', 'other')).toBe(false);
  });

  it('are none for a user without mappings', async () => {
    expect(await service.effectiveRoles(REALM, 'nobody')).toEqual([]);
  });
});
