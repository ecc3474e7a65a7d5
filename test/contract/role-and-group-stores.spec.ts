import { describe, expect, it } from 'vitest';
import { Database } from '../../src/persistence/database.js';
import { TypeOrmRoleStore } from '../../src/persistence/role.persistence.js';
import { describeOnEachDatabase } from '../support/databases.js';
import type { ClientRoleQuery, CompositeQuery, Role, RoleQuery } from '../../src/realm/role.js';
import { sampleClient, sampleUser } from '../support/fakes/sample-realm.js';
import { freshId, sampleGroup, sampleRole } from './samples.js';

describeOnEachDatabase('Stores of roles and groups', (database) => {
  const run = <T>(work: () => Promise<T>) => database().unitOfWork.run(work);

  async function newUser(realmId: string, username = freshId('name')): Promise<string> {
    const user = sampleUser({ id: freshId('user'), realmId, username, email: `${username}@acme.test` });
    await run(() => database().users.insert(user, true));
    return user.id;
  }

  describe('RoleStore', () => {
    it('stores, finds and replaces, with composites in order', async () => {
      const { roles } = database();
      const realmId = freshId('realm');
      const [a, b] = [sampleRole(realmId), sampleRole(realmId)];
      const top = sampleRole(realmId, { description: 'all', attributes: { x: ['1', '2'] }, composites: [b.id, a.id] });
      await run(async () => {
        await roles.insert(top); // before its composites: an import may come in any order
        await roles.insert(a);
        await roles.insert(b);
      });
      expect(await roles.byId(realmId, top.id)).toStrictEqual(top);
      expect(await roles.byName(realmId, undefined, top.name)).toStrictEqual(top);
      expect(await roles.byIds(realmId, [top.id, a.id])).toStrictEqual([a, top]);
      expect(await roles.byIds(realmId, [])).toEqual([]);
      const { description: _description, ...rest } = top;
      await run(() => roles.update(rest));
      expect(await roles.byId(realmId, top.id)).toStrictEqual(rest);
    });

    it('adds and removes composites, and loses none that are added at the same time', async () => {
      const { roles } = database();
      const realmId = freshId('realm');
      const top = sampleRole(realmId);
      const children = Array.from({ length: 12 }, () => sampleRole(realmId));
      await run(async () => {
        for (const role of [top, ...children]) await roles.insert(role);
      });
      const ids = children.map(({ id }) => id);
      await Promise.all(ids.map((id) => run(() => roles.addComposites(realmId, top.id, [id, ids[0] ?? id]))));
      expect(new Set((await roles.byId(realmId, top.id))?.composites)).toEqual(new Set(ids));
      await run(() => roles.removeComposites(realmId, top.id, ids.slice(1)));
      expect((await roles.byId(realmId, top.id))?.composites).toEqual(ids.slice(0, 1));
    });

    it('keeps roles of the realm and of clients apart', async () => {
      const { roles } = database();
      const realmId = freshId('realm');
      const same = [sampleRole(realmId, { name: 'admin' }), sampleRole(realmId, { name: 'admin', clientId: 'c1' })];
      for (const role of same) await run(() => roles.insert(role));
      expect(await roles.byName(realmId, undefined, 'admin')).toStrictEqual(same[0]);
      expect(await roles.byName(realmId, 'c1', 'admin')).toStrictEqual(same[1]);
      expect(await roles.byName(realmId, 'c2', 'admin')).toBeUndefined();
      for (const role of same) {
        await expect(run(() => roles.insert({ ...role, id: freshId('role') }))).rejects.toMatchObject({
          code: 'role_exists',
        });
      }
      expect(await roles.list(realmId, { clientId: 'c1' })).toStrictEqual([same[1]]);
      expect(await roles.all(realmId)).toHaveLength(2);
    });

    it('refuses an update to a name that is taken', async () => {
      const { roles } = database();
      const realmId = freshId('realm');
      const [a, b] = [sampleRole(realmId), sampleRole(realmId)];
      for (const role of [a, b]) await run(() => roles.insert(role));
      await expect(run(() => roles.update({ ...b, name: a.name }))).rejects.toMatchObject({ code: 'role_exists' });
    });

    it('lists by name, in pages, by a part in any case', async () => {
      const { roles } = database();
      const realmId = freshId('realm');
      for (const name of ['view_users', 'Viewer', 'manage', 'viewXusers'])
        await run(() => roles.insert(sampleRole(realmId, { name })));
      const list = async (query: Parameters<typeof roles.list>[1]) =>
        (await roles.list(realmId, query)).map(({ name }) => name);
      expect(await list({})).toEqual(['Viewer', 'manage', 'viewXusers', 'view_users']);
      expect(await list({ search: 'VIEW' })).toEqual(['Viewer', 'viewXusers', 'view_users']);
      expect(await list({ search: 'w_u' })).toEqual(['view_users']);
      expect(await list({ first: 1, max: 2 })).toEqual(['manage', 'viewXusers']);
    });

    it('lists what comes with a role, and what is left to give, by name and in pages', async () => {
      const { roles, clients, groups } = database();
      const realmId = freshId('realm');
      const [alpha, beta] = ['alpha', 'beta'].map((clientId) => sampleClient({ id: freshId('c'), realmId, clientId }));
      const role = (name: string, clientId?: string): Role =>
        sampleRole(realmId, { name, ...(clientId !== undefined && { clientId }) });
      const [one, two, own, other] = [role('One'), role('two'), role('own_1', beta!.id), role('other', alpha!.id)];
      const top = sampleRole(realmId, { name: 'top', composites: [two.id, own.id, one.id] });
      const [user, group] = [await newUser(realmId), sampleGroup(realmId)];
      await run(async () => {
        for (const client of [alpha!, beta!]) await clients.insert(client);
        for (const each of [one, two, own, other, top]) await roles.insert(each);
        await groups.insert(group);
        await roles.mapToUser(realmId, user, [one.id, other.id]);
        await roles.mapToGroup(realmId, group.id, [own.id]);
      });
      const composites = async (query: CompositeQuery) =>
        (await roles.compositesOf(realmId, top.id, query)).map(({ name }) => name);
      expect(await composites({})).toEqual(['One', 'own_1', 'two']);
      expect(await composites({ first: 1, max: 1 })).toEqual(['own_1']);
      expect(await composites({ max: 0 })).toEqual([]);
      expect(await composites({ search: 'o', container: null })).toEqual(['One', 'two']);
      expect(await composites({ search: 'W' })).toEqual(['own_1', 'two']);
      expect(await composites({ search: 'n_1' })).toEqual(['own_1']);
      expect(await composites({ container: beta!.id })).toEqual(['own_1']);
      expect(await roles.compositesOf(realmId, one.id, {})).toEqual([]);
      const left = async (query: RoleQuery) => (await roles.list(realmId, query)).map(({ name }) => name);
      expect(await left({ without: { mappedTo: { kind: 'user', id: user } } })).toEqual(['top', 'two']);
      expect(await left({ without: { ids: [top.id] }, first: 1, max: 5 })).toEqual(['two']);
      expect(await left({ clientId: beta!.id, without: { mappedTo: { kind: 'group', id: group.id } } })).toEqual([]);
      const ofClients = async (query: ClientRoleQuery) =>
        (await roles.ofClients(realmId, query)).map(({ client, name }) => `${client} ${name}`);
      expect(await roles.ofClients(realmId, { max: 1 })).toEqual([
        { id: other.id, name: 'other', clientId: alpha!.id, client: 'alpha' },
      ]);
      expect(await ofClients({})).toEqual(['alpha other', 'beta own_1']);
      expect(await ofClients({ search: 'BET' })).toEqual(['beta own_1']);
      expect(await ofClients({ search: 'n_1', first: 1 })).toEqual([]);
      expect(await ofClients({ without: { mappedTo: { kind: 'user', id: user } } })).toEqual(['beta own_1']);
      expect(await ofClients({ without: { ids: [own.id], clientId: alpha!.id } })).toEqual([]);
    });

    it('maps once, unmaps, and tells the holders by user name', async () => {
      const { roles } = database();
      const realmId = freshId('realm');
      const role = sampleRole(realmId);
      await run(() => roles.insert(role));
      const zoe = await newUser(realmId, 'zoe');
      const adam = await newUser(realmId, 'adam');
      for (const user of [zoe, adam, zoe]) await run(() => roles.mapToUser(realmId, user, [role.id]));
      expect(await roles.ofUser(realmId, zoe)).toStrictEqual([role]);
      expect(await roles.holders(realmId, role.id, 0, -1)).toEqual([adam, zoe]);
      expect(await roles.holders(realmId, role.id, 1, 5)).toEqual([zoe]);
      await run(() => roles.unmapFromUser(realmId, zoe, [role.id, 'none']));
      expect(await roles.ofUser(realmId, zoe)).toEqual([]);
      expect(await run(() => roles.delete(realmId, role.id))).toBe(true);
      expect(await run(() => roles.delete(realmId, role.id))).toBe(false);
      expect(await roles.ofUser(realmId, adam)).toEqual([]);
    });

    it('refuses to map a role that is not there', async () => {
      const { roles } = database();
      const realmId = freshId('realm');
      const user = await newUser(realmId);
      await expect(run(() => roles.mapToUser(realmId, user, ['gone']))).rejects.toMatchObject({
        code: 'concurrent_change',
      });
    });

    it('tells all effective roles: groups upwards, composites downwards, circles included', async () => {
      const { roles, groups } = database();
      const realmId = freshId('realm');
      const user = await newUser(realmId);
      const role = (name: string, composites: readonly string[] = []) =>
        sampleRole(realmId, { id: name, name, composites });
      const group = (id: string, parentId?: string) =>
        sampleGroup(realmId, { id, name: id, ...(parentId ? { parentId } : {}) });
      await run(async () => {
        for (const it of [group('top'), group('middle', 'top'), group('leaf', 'middle'), group('beside', 'top')])
          await groups.insert(it);
        for (const it of [
          role('direct', ['c1']),
          role('c1', ['c2']),
          role('c2', ['direct']),
          role('of-top', ['c3']),
          role('c3'),
        ]) {
          await roles.insert(it);
        }
        for (const it of [role('of-leaf'), role('of-beside'), role('other', ['c1'])]) await roles.insert(it);
        await groups.addMember(realmId, 'leaf', user);
        await roles.mapToUser(realmId, user, ['direct']);
        await roles.mapToGroup(realmId, 'top', ['of-top']);
        await roles.mapToGroup(realmId, 'leaf', ['of-leaf']);
        await roles.mapToGroup(realmId, 'beside', ['of-beside']);
      });
      expect([...(await roles.effectiveRoleIds(realmId, user))].sort()).toEqual([
        'c1',
        'c2',
        'c3',
        'direct',
        'of-leaf',
        'of-top',
      ]);
      expect(await roles.effectiveRoleIds('other', user)).toEqual(new Set());
      for (const id of await roles.effectiveRoleIds(realmId, user))
        expect(await roles.enabledHolders(realmId, id, 10), id).toContain(user);
      expect(await roles.enabledHolders('other', 'c1', 10)).toEqual([]);
      expect(await roles.enabledHolders(realmId, 'of-beside', 10)).toEqual([]);
      expect((await roles.ofGroup(realmId, 'top')).map(({ id }) => id)).toEqual(['of-top']);
      await run(() => roles.unmapFromGroup(realmId, 'top', ['of-top']));
      expect((await roles.effectiveRoleIds(realmId, user)).has('c3')).toBe(false);
    });
  });

  describe('Holders of a role', () => {
    it('are told once, however many roles and groups give it, and no more of them than are wanted', async () => {
      const { roles, groups, users, dataSource } = database();
      const realmId = freshId('realm');
      const wanted = sampleRole(realmId);
      const bundles = Array.from({ length: 4 }, () => sampleRole(realmId, { composites: [wanted.id] }));
      const teams = Array.from({ length: 5 }, () => sampleGroup(realmId));
      const [direct, bundled, member, twice, none] = await Promise.all(
        Array.from({ length: 5 }, () => newUser(realmId)),
      );
      const disabled = sampleUser({
        id: freshId('user'),
        realmId,
        username: 'off',
        email: 'off@a.test',
        enabled: false,
      });
      await run(async () => {
        await users.insert(disabled, true);
        for (const role of [wanted, ...bundles]) await roles.insert(role);
        for (const team of teams) {
          await groups.insert(team);
          await roles.mapToGroup(realmId, team.id, [wanted.id]);
        }
        for (const id of [direct!, twice!, disabled.id]) await roles.mapToUser(realmId, id, [wanted.id]);
        for (const { id } of bundles) await roles.mapToUser(realmId, bundled!, [id]);
        await groups.addMember(realmId, teams[4]!.id, member!);
        for (const { id } of teams) await groups.addMember(realmId, id, twice!);
      });
      const everybody = [direct, bundled, member, twice].sort();
      for (const atOnce of [1, 2, 10, 100]) {
        const store = new TypeOrmRoleStore(new Database(dataSource), atOnce);
        const told = await store.enabledHolders(realmId, wanted.id, 10);
        expect([...told].sort(), `${atOnce} at once`).toEqual(everybody);
        expect(told).not.toContain(none);
        for (const max of [0, 1, 3]) {
          const some = await store.enabledHolders(realmId, wanted.id, max);
          expect(some).toHaveLength(max);
          expect(new Set(some).size).toBe(max);
          expect(everybody).toEqual(expect.arrayContaining([...some]));
        }
      }
    });

    it('are told of a role that no group gives, and nobody holds one that is not there', async () => {
      const { roles } = database();
      const realmId = freshId('realm');
      const role = sampleRole(realmId);
      const user = await newUser(realmId);
      await run(async () => {
        await roles.insert(role);
        await roles.mapToUser(realmId, user, [role.id]);
      });
      expect(await roles.enabledHolders(realmId, role.id, 10)).toEqual([user]);
      expect(await roles.enabledHolders(realmId, 'gone', 10)).toEqual([]);
    });
  });

  describe('GroupStore', () => {
    it('stores, finds, replaces, and lists parents before children', async () => {
      const { groups } = database();
      const realmId = freshId('realm');
      const z = sampleGroup(realmId, { name: 'z', description: 'top', attributes: { a: ['1'] } });
      const a = sampleGroup(realmId, { name: 'a', parentId: z.id });
      const b = sampleGroup(realmId, { name: 'b' });
      await run(async () => {
        for (const group of [a, z, b]) await groups.insert(group);
      });
      expect(await groups.all(realmId)).toStrictEqual([b, z, a]);
      expect(await groups.list(realmId, { parentId: null })).toStrictEqual([b, z]);
      expect(await groups.list(realmId, { parentId: null, first: 1, max: 1 })).toStrictEqual([z]);
      expect(await groups.list(realmId, { parentId: z.id, first: 0, max: 10 })).toStrictEqual([a]);
      const { description: _description, ...rest } = z;
      await run(() => groups.update({ ...rest, name: 'y' }));
      expect(await groups.byId(realmId, z.id)).toStrictEqual({ ...rest, name: 'y' });
    });

    it('refuses a name that the parent has already', async () => {
      const { groups } = database();
      const realmId = freshId('realm');
      const top = sampleGroup(realmId);
      const sub = sampleGroup(realmId, { parentId: top.id, name: top.name });
      await run(() => groups.insert(top));
      await run(() => groups.insert(sub));
      for (const taken of [top, sub]) {
        await expect(run(() => groups.insert({ ...taken, id: freshId('group') }))).rejects.toMatchObject({
          code: 'group_exists',
        });
      }
      const other = sampleGroup(realmId);
      await run(() => groups.insert(other));
      await expect(run(() => groups.update({ ...other, name: top.name }))).rejects.toMatchObject({
        code: 'group_exists',
      });
    });

    it('keeps members, by user name, and deletes the groups below', async () => {
      const { groups, roles } = database();
      const realmId = freshId('realm');
      const top = sampleGroup(realmId);
      const sub = sampleGroup(realmId, { parentId: top.id });
      const role = sampleRole(realmId);
      const [zoe, adam] = [await newUser(realmId, 'zoe'), await newUser(realmId, 'adam')];
      await run(async () => {
        await groups.insert(top);
        await groups.insert(sub);
        await roles.insert(role);
        await roles.mapToGroup(realmId, sub.id, [role.id]);
        for (const user of [zoe, adam, adam]) await groups.addMember(realmId, sub.id, user);
      });
      expect(await groups.members(realmId, sub.id, 0, 10)).toEqual([adam, zoe]);
      expect(await groups.members(realmId, sub.id, 1, 1)).toEqual([zoe]);
      expect(await groups.ofUser(realmId, adam)).toStrictEqual([sub]);
      await run(() => groups.removeMember(realmId, sub.id, adam));
      expect(await groups.ofUser(realmId, adam)).toEqual([]);
      expect(await run(() => groups.delete(realmId, top.id))).toBe(true);
      expect(await run(() => groups.delete(realmId, top.id))).toBe(false);
      expect(await groups.all(realmId)).toEqual([]);
      expect(await groups.ofUser(realmId, zoe)).toEqual([]);
      expect((await roles.effectiveRoleIds(realmId, zoe)).size).toBe(0);
    });
  });
});
