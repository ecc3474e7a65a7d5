import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/realm/client.js';
import type { ClientScope } from '../../src/realm/client-scope.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { sampleRealm } from '../support/fakes/sample-realm.js';
import { freshId, sampleClient, sampleClientSession, sampleRole, sampleSession } from './samples.js';

const namesOf = (found: readonly { readonly name?: string }[]) => found.map(({ name }) => name);

describeOnEachDatabase('Stores of a realm', (database) => {
  const run = <T>(work: () => Promise<T>) => database().unitOfWork.run(work);

  describe('RealmStore', () => {
    const realm = (name = freshId('realm')) => ({ ...sampleRealm(), id: name, name });

    it('stores, finds, replaces and lists', async () => {
      const { realms } = database();
      const first = {
        ...realm(),
        attributes: { frontendUrl: 'https://id.test' },
        extra: { smtpServer: { host: 'ä' } },
      };
      const second = realm();
      await run(() => realms.insert(second));
      await run(() => realms.insert(first));
      expect(await realms.byId(first.id)).toStrictEqual(first);
      expect(await realms.byName(first.name)).toStrictEqual(first);
      expect(await realms.byName(first.name.toUpperCase())).toBeUndefined();
      const renamed = { ...first, name: `a-${first.name}`, attributes: {} };
      await run(() => realms.update(renamed));
      expect(await realms.byName(first.name)).toBeUndefined();
      expect((await realms.list()).filter(({ id }) => [first.id, second.id].includes(id))).toStrictEqual([
        renamed,
        second,
      ]);
    });

    it('refuses a name or id that is taken', async () => {
      const { realms } = database();
      const [first, second] = [realm(), realm()];
      await run(() => realms.insert(first));
      await run(() => realms.insert(second));
      for (const taken of [
        { ...first, id: freshId('realm') },
        { ...first, name: freshId('name') },
      ]) {
        await expect(run(() => realms.insert(taken))).rejects.toMatchObject({ code: 'realm_exists' });
      }
      await expect(run(() => realms.update({ ...second, name: first.name }))).rejects.toMatchObject({
        code: 'realm_exists',
      });
      expect(await realms.byId(second.id)).toStrictEqual(second);
    });
  });

  describe('ClientStore', () => {
    it('stores, finds and replaces', async () => {
      const { clients } = database();
      const client: Client = {
        ...sampleClient('r1', { name: 'App', sealedSecret: 's', attributes: { 'pkce.code.challenge.method': 'S256' } }),
      };
      await run(() => clients.insert(client));
      expect(await clients.byId('r1', client.id)).toStrictEqual(client);
      expect(await clients.byClientId('r1', client.clientId)).toStrictEqual(client);
      expect(await clients.byId('r2', client.id)).toBeUndefined();
      const { sealedSecret: _sealedSecret, ...rest } = client;
      await run(() => clients.update({ ...rest, enabled: false }));
      expect(await clients.byId('r1', client.id)).toStrictEqual({ ...rest, enabled: false });
    });

    it('lists by clientId, in pages, exactly or by a part in any case', async () => {
      const { clients } = database();
      const realmId = freshId('realm');
      for (const clientId of ['b', 'A_1', 'ab', 'aXb', 'Ää', '100%'])
        await run(() => clients.insert(sampleClient(realmId, { clientId })));
      const list = async (query: Parameters<typeof clients.list>[1]) =>
        (await clients.list(realmId, query)).map(({ clientId }) => clientId);
      expect(await list({})).toEqual(['100%', 'A_1', 'aXb', 'ab', 'b', 'Ää']);
      expect(await list({ first: 1, max: 2 })).toEqual(['A_1', 'aXb']);
      expect(await list({ first: 4 })).toEqual(['b', 'Ää']);
      expect(await list({ clientId: 'a' })).toEqual([]);
      expect(await list({ clientId: 'ab' })).toEqual(['ab']);
      expect(await list({ clientId: 'B', search: true })).toEqual(['aXb', 'ab', 'b']);
      expect(await list({ clientId: 'a_', search: true })).toEqual(['A_1']);
      expect(await list({ clientId: '%', search: true })).toEqual(['100%']);
      expect(await list({ clientId: 'ÄÄ', search: true })).toEqual(['Ää']);
      expect(await list({ clientId: '\\', search: true })).toEqual([]);
    });

    it('finds by ids and by overridden flow', async () => {
      const { clients } = database();
      const realmId = freshId('realm');
      const [one, two, three] = [
        sampleClient(realmId, { flowOverrides: { browser: 'f1' } }),
        sampleClient(realmId, { flowOverrides: { direct_grant: 'f1', browser: 'f2' } }),
        sampleClient(realmId),
      ];
      for (const client of [one, two, three]) await run(() => clients.insert(client));
      expect(await clients.usingFlow(realmId, 'f1')).toStrictEqual([one, two]);
      expect(await clients.usingFlow(realmId, 'f2')).toStrictEqual([two]);
      expect(await clients.usingFlow(realmId, 'f3')).toEqual([]);
      expect(new Set(await clients.withOwnFlows(realmId))).toEqual(new Set([one, two]));
      expect(await clients.byIds(realmId, [three.id, one.id, 'none'])).toStrictEqual([one, three]);
      expect(await clients.byIds(realmId, [])).toEqual([]);
      await run(() => clients.update({ ...one, flowOverrides: {} }));
      expect(await clients.usingFlow(realmId, 'f1')).toStrictEqual([two]);
    });

    it('refuses a clientId that is taken in the realm', async () => {
      const { clients } = database();
      const [one, two] = [sampleClient('r1'), sampleClient('r1')];
      for (const client of [one, two, { ...one, realmId: 'r2' }]) await run(() => clients.insert(client));
      await expect(run(() => clients.insert({ ...one, id: 'x' }))).rejects.toMatchObject({ code: 'client_exists' });
      await expect(run(() => clients.update({ ...two, clientId: one.clientId }))).rejects.toMatchObject({
        code: 'client_exists',
      });
    });

    it('deletes the client with its roles, their mappings and its client sessions', async () => {
      const { clients, roles, sessions, users } = database();
      const realmId = freshId('realm');
      const client = sampleClient(realmId);
      const role = sampleRole(realmId, { clientId: client.id });
      const parent = sampleRole(realmId, { composites: [role.id] });
      const session = sampleSession(realmId, 'u');
      await run(async () => {
        await clients.insert(client);
        await roles.insert(role);
        await roles.insert(parent);
        await users.insert({ ...sampleUserOf(realmId), id: 'u' }, true);
        await roles.mapToUser(realmId, 'u', [role.id]);
        await sessions.insert(session);
        await sessions.insertClientSession(sampleClientSession(session, client.id));
      });
      expect(await run(() => clients.delete(realmId, client.id))).toBe(true);
      expect(await run(() => clients.delete(realmId, client.id))).toBe(false);
      expect(await roles.all(realmId)).toStrictEqual([{ ...parent, composites: [] }]);
      expect(await roles.ofUser(realmId, 'u')).toEqual([]);
      expect(await sessions.byId(realmId, session.id, false)).toStrictEqual({ session, clients: [] });
    });
  });

  describe('ClientScopeStore', () => {
    const scope = (realmId: string, name: string): ClientScope => ({
      id: freshId('scope'),
      realmId,
      name,
      description: `about ${name}`,
      protocol: 'openid-connect',
      attributes: { 'include.in.token.scope': 'true' },
      protocolMappers: [
        { id: 'm', name: 'm', protocol: 'openid-connect', protocolMapper: 'oidc-x', config: { a: 'b' } },
      ],
      scopeMappings: ['role'],
    });

    it('stores, lists by name, replaces, refuses and deletes', async () => {
      const { clientScopes } = database();
      const realmId = freshId('realm');
      const [profile, email] = [scope(realmId, 'profile'), scope(realmId, 'email')];
      for (const it of [profile, email]) await run(() => clientScopes.insert(it));
      expect(await clientScopes.list(realmId)).toStrictEqual([email, profile]);
      expect(await clientScopes.byIds(realmId, [profile.id])).toStrictEqual([profile]);
      await expect(run(() => clientScopes.insert(scope(realmId, 'email')))).rejects.toMatchObject({
        code: 'client_scope_exists',
      });
      const { description: _description, ...rest } = email;
      await run(() => clientScopes.update(rest));
      expect(await clientScopes.byId(realmId, email.id)).toStrictEqual(rest);
      expect(await run(() => clientScopes.delete(realmId, email.id))).toBe(true);
      expect(await run(() => clientScopes.delete(realmId, email.id))).toBe(false);
      expect(namesOf(await clientScopes.list(realmId))).toEqual(['profile']);
    });
  });
});

function sampleUserOf(realmId: string) {
  return {
    id: freshId('user'),
    realmId,
    username: freshId('name'),
    emailVerified: false,
    enabled: true,
    createdTimestamp: 0,
    attributes: {},
    requiredActions: [],
    notBefore: 0,
  };
}
