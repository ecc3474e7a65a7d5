import KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Housekeeping } from '../../../src/background/housekeeping.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [testRealm({ realm: 'watched', settings: { adminEventsEnabled: true, adminEventsDetailsEnabled: true } })],
  });
  await signIn();
});

async function signIn(): Promise<void> {
  admin = new KcAdminClient({ baseUrl: server.url, realmName: 'master' });
  await admin.auth({ ...ADMIN, grantType: 'password', clientId: 'admin-cli' });
  admin.setConfig({ realmName: 'watched' });
}

afterAll(() => server.close());
beforeEach(() => admin.realms.clearAdminEvents({ realm: 'watched' }));

type Query = Readonly<Record<string, string | number>>;
const events = (query: Query = {}): ReturnType<KcAdminClient['realms']['findAdminEvents']> =>
  admin.realms.findAdminEvents({ ...query, realm: 'watched' });

describe('what an administrator does', () => {
  it('is an event that says what, where, who and from where', async () => {
    const { id } = await admin.users.create({ username: 'ada', enabled: true, attributes: { team: ['blue'] } });
    const [event] = await events();
    expect(event).toMatchObject({
      operationType: 'CREATE',
      resourceType: 'USER',
      resourcePath: `users/${id}`,
      time: server.clock.now(),
      authDetails: { ipAddress: '127.0.0.1' },
    });
    const admins = await server.user('master', ADMIN.username);
    expect(event?.authDetails).toMatchObject({ realmId: admins.realmId, userId: admins.id });
    expect(JSON.parse(event?.representation ?? '')).toMatchObject({ username: 'ada', attributes: { team: ['blue'] } });
    server.clock.advance(1);
    await admin.users.del({ id });
    expect((await events())[0]).toMatchObject({ operationType: 'DELETE', resourcePath: `users/${id}` });
  });

  it('never holds a secret', async () => {
    const { id } = await admin.users.create({
      username: 'eve',
      enabled: true,
      credentials: [{ type: 'password', value: 'typed-pw-1' }],
    });
    await admin.users.resetPassword({ id, credential: { type: 'password', value: 'typed-pw-2', temporary: false } });
    await admin.clients.create({
      clientId: 'shop',
      secret: 'typed-secret-3',
      attributes: { 'my.password': 'typed-4' },
    });
    await admin.realms.update({ realm: 'watched' }, { smtpServer: { host: 'mail.test', password: 'typed-pw-5' } });
    const kept = await events();
    expect(kept).toHaveLength(4);
    expect(JSON.stringify(kept)).not.toMatch(/typed-/);
    expect(JSON.stringify(kept)).toContain('mail.test');
  });

  it('that is refused is no event', async () => {
    await expect(admin.users.create({ username: '' })).rejects.toThrow();
    await expect(admin.users.del({ id: 'nobody' })).rejects.toThrow();
    expect(await events()).toEqual([]);
  });

  it('is found by operation, resource, path, caller and time, in pages', async () => {
    const role = (name: string): Promise<unknown> => admin.roles.create({ name });
    await role('reader');
    server.clock.advance(1000);
    await role('writer');
    await admin.groups.create({ name: 'staff' });
    const paths = async (query: Query): Promise<unknown[]> => (await events(query)).map((event) => event.resourcePath);
    expect(await paths({ resourceTypes: 'REALM_ROLE' })).toEqual(['roles/writer', 'roles/reader']);
    expect(await paths({ resourceTypes: 'REALM_ROLE', direction: 'asc' })).toEqual(['roles/reader', 'roles/writer']);
    expect(await paths({ resourcePath: 'roles/*' })).toHaveLength(2);
    expect(await paths({ resourcePath: 'roles/r_ader' })).toEqual([]);
    expect(await paths({ operationTypes: 'DELETE' })).toEqual([]);
    expect(await paths({ authUser: 'nobody' })).toEqual([]);
    expect(await paths({ first: 1, max: 1, resourceTypes: 'REALM_ROLE' })).toEqual(['roles/reader']);
    expect(await paths({ dateTo: String(server.clock.now() - 1) })).toEqual(['roles/reader']);
  });

  it('goes when the realm keeps it no longer', async () => {
    await admin.realms.update({ realm: 'watched' }, { attributes: { adminEventsExpiration: '60' } });
    server.clock.advance(61_000);
    await signIn();
    await admin.roles.create({ name: 'late' });
    await server.part(Housekeeping).sweep();
    expect((await events()).map(({ resourcePath }) => resourcePath)).toEqual(['roles/late']);
  });

  it('in a realm that keeps no details has no representation, and in one that keeps none is no event', async () => {
    await admin.realms.updateConfigEvents({ realm: 'watched' }, { adminEventsDetailsEnabled: false });
    await admin.realms.clearAdminEvents({ realm: 'watched' });
    await admin.roles.create({ name: 'plain' });
    const [event, ...others] = await events();
    expect(event).toMatchObject({ resourcePath: 'roles/plain' });
    expect(event).not.toHaveProperty('representation');
    expect(others).toEqual([]);
    await admin.realms.updateConfigEvents({ realm: 'watched' }, { adminEventsEnabled: false });
    await admin.realms.clearAdminEvents({ realm: 'watched' });
    await admin.roles.create({ name: 'unseen' });
    expect(await events()).toEqual([]);
  });

  it('is for those alone who may view events', async () => {
    const { id } = await admin.users.create({
      username: 'viewer',
      enabled: true,
      email: 'viewer@example.test',
      firstName: 'Vi',
      lastName: 'Ewer',
      credentials: [{ type: 'password', value: 'viewer-pw' }],
    });
    const [client] = await admin.clients.find({ clientId: 'realm-management' });
    const give = async (name: string): Promise<void> => {
      const role = await admin.clients.findRole({ id: client?.id ?? '', roleName: name });
      await admin.users.addClientRoleMappings({
        id,
        clientUniqueId: client?.id ?? '',
        roles: [{ id: role?.id ?? '', name }],
      });
    };
    const viewer = new KcAdminClient({ baseUrl: server.url, realmName: 'watched' });
    await give('view-users');
    await viewer.auth({ username: 'viewer', password: 'viewer-pw', grantType: 'password', clientId: 'admin-cli' });
    await expect(viewer.realms.findAdminEvents({ realm: 'watched' })).rejects.toThrow(/403/);
    await give('view-events');
    await expect(viewer.realms.findAdminEvents({ realm: 'watched' })).resolves.toBeInstanceOf(Array);
    await expect(viewer.realms.clearAdminEvents({ realm: 'watched' })).rejects.toThrow(/403/);
  });

  it('and a new realm is an event of the realm of who made it', async () => {
    await admin.realms.updateConfigEvents({ realm: 'master' }, { adminEventsEnabled: true });
    await admin.realms.create({ realm: 'fresh' });
    await admin.realms.del({ realm: 'fresh' });
    const made = await admin.realms.findAdminEvents({ realm: 'master', resourcePath: 'fresh' });
    expect(made.map(({ operationType }) => operationType).sort()).toEqual(['CREATE', 'DELETE']);
  });
});
