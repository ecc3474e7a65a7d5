import { beforeAll, expect, it, vi } from 'vitest';
import { Database } from '../../src/persistence/database.js';
import { describeOnEachDatabase, withStatistics } from '../support/databases.js';
import { sampleClient, sampleUser } from '../support/fakes/sample-realm.js';
import { freshId, sampleGroup, sampleRole } from './samples.js';

const ROWS = 1000;

/** Statements that a list runs, with their parameters. */
interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

describeOnEachDatabase('Lists of a realm with many rows', (database) => {
  const realmId = freshId('realm');
  let parent: string;
  let holder: string;
  let bundle: string;

  beforeAll(async () => {
    const { users, clients, roles, groups, unitOfWork, dataSource } = database();
    const top = sampleGroup(realmId, { name: 'top' });
    parent = top.id;
    const all = sampleRole(realmId, { name: 'all' });
    bundle = all.id;
    const given: string[] = [];
    await unitOfWork.run(async () => {
      await groups.insert(top);
      await roles.insert(all);
      for (let at = 0; at < ROWS; at++) {
        const name = `n${String(at).padStart(5, '0')}`;
        const attributes = { team: [String(at % 50)] };
        await users.insert(
          sampleUser({ id: freshId('user'), realmId, username: name, email: `${name}@acme.test`, attributes }),
          true,
        );
        const client = sampleClient({ id: freshId('client'), realmId, clientId: name });
        await clients.insert(client);
        const [ofRealm, ofClient] = [sampleRole(realmId, { name }), sampleRole(realmId, { name, clientId: client.id })];
        await roles.insert(ofRealm);
        await roles.insert(ofClient);
        if (at % 2 === 0) await roles.addComposites(realmId, all.id, [ofRealm.id, ofClient.id]);
        if (at % 4 === 0) given.push(ofRealm.id, ofClient.id);
        await groups.insert(sampleGroup(realmId, { name, attributes, ...(at % 2 === 0 && { parentId: top.id }) }));
      }
    });
    const person = sampleUser({ id: freshId('user'), realmId, username: 'zoe', email: 'zoe@acme.test' });
    holder = person.id;
    await unitOfWork.run(async () => {
      await users.insert(person, true);
      await roles.mapToUser(realmId, holder, given);
    });
    await withStatistics(dataSource);
  });

  /** Runs a list and gives what it found and the plans of its statements. */
  async function plansOf<T>(
    list: () => Promise<T>,
  ): Promise<{ readonly found: T; readonly plans: string; readonly statements: readonly Statement[] }> {
    const { dataSource } = database();
    const statements: Statement[] = [];
    const select = vi.spyOn(Database.prototype, 'select').mockImplementation(async function (
      this: Database,
      sql: string,
      parameters: readonly unknown[],
    ) {
      statements.push({ sql, parameters });
      const runner = this.dataSource.createQueryRunner('slave');
      try {
        return (await runner.query(sql, [...parameters], true)).records as never;
      } finally {
        await runner.release();
      }
    });
    const found = await list().finally(() => select.mockRestore());
    const isPostgres = dataSource.options.type === 'postgres';
    const plans: string[] = [];
    const runner = dataSource.createQueryRunner();
    try {
      // PostgreSQL reads so few rows in whole, whatever indexes there are; so it is asked what it could do without that.
      const shortcuts = ['seqscan', 'bitmapscan'];
      if (isPostgres) for (const way of shortcuts) await runner.query(`SET enable_${way} = off`);
      for (const { sql, parameters } of statements) {
        const rows = (await runner.query(`EXPLAIN ${isPostgres ? '' : 'QUERY PLAN '}${sql}`, [
          ...parameters,
        ])) as object[];
        plans.push(...rows.map((row) => JSON.stringify(row)));
      }
      if (isPostgres) for (const way of shortcuts) await runner.query(`RESET enable_${way}`);
    } finally {
      await runner.release();
    }
    return { found, plans: plans.join('\n'), statements };
  }

  it.each([
    ['users', () => database().users.list(realmId, { first: 900, max: 10 }), 10, /user_account_username/],
    ['users by a prefix', () => database().users.list(realmId, { search: 'n0001', max: 20 }), 10, /user_account/],
    [
      'users by e-mail',
      () => database().users.list(realmId, { email: 'n00042@acme.test', exact: true }),
      1,
      /user_account_email/,
    ],
    [
      'users by attribute',
      () => database().users.list(realmId, { attributes: { team: '7' }, max: 5 }),
      5,
      /user_attribute/,
    ],
    ['clients', () => database().clients.list(realmId, { first: 900, max: 10 }), 10, /client_client_id/],
    ['clients by attribute', () => database().clients.list(realmId, { attributes: { a: 'b' }, max: 10 }), 0, /client/],
    ['roles', () => database().roles.list(realmId, { first: 900, max: 10 }), 10, /role_realm_name/],
    ['roles by a part of the name', () => database().roles.list(realmId, { search: '0099', max: 20 }), 11, /role/],
    [
      'roles that come with one',
      () => database().roles.compositesOf(realmId, bundle, { container: null, first: 400, max: 10 }),
      10,
      /role_composite/,
    ],
    [
      'roles that somebody does not have yet',
      () =>
        database().roles.list(realmId, { without: { mappedTo: { kind: 'user', id: holder } }, first: 700, max: 10 }),
      10,
      /role_realm_name/,
    ],
    [
      'roles of all clients that somebody does not have yet',
      () => database().roles.ofClients(realmId, { without: { mappedTo: { kind: 'user', id: holder } }, max: 10 }),
      10,
      /client_client_id|role_client_name/,
    ],
    [
      'roles of all clients, by a part of a name',
      () => database().roles.ofClients(realmId, { search: 'N0099', max: 20 }),
      10,
      /client_client_id|role_client_name/,
    ],
    [
      'groups at the top',
      () => database().groups.list(realmId, { parentId: null, first: 400, max: 10 }),
      10,
      /user_group_(top_)?name/,
    ],
    [
      'groups below one',
      () => database().groups.list(realmId, { parentId: parent, first: 400, max: 10 }),
      10,
      /user_group_(sub_)?name/,
    ],
    [
      'groups by a part of the name',
      () => database().groups.list(realmId, { search: 'N0099', max: 20 }),
      10,
      /user_group/,
    ],
    [
      'groups by attribute',
      () => database().groups.list(realmId, { attributes: { team: '7' }, max: 5 }),
      5,
      /user_group_name/,
    ],
  ] as const)(
    '%s: found by an index, sorted by it, and no more than the page is read',
    async (_what, list, count, index) => {
      const { found, plans } = await plansOf<readonly unknown[]>(list);
      expect(found).toHaveLength(count);
      expect(plans).toMatch(index);
      expect(plans).not.toMatch(/"SCAN (u|g|user_account|user_group|client|role)"|Seq Scan/);
    },
  );

  it('looks a user up by an index of what is known of it, not among all of its realm', async () => {
    const { users, unitOfWork } = database();
    const service = sampleUser({
      id: freshId('user'),
      realmId,
      username: 'service-account-shop',
      serviceAccountClientId: 'shop',
    });
    await unitOfWork.run(() => users.insert(service, true));
    const { found, plans } = await plansOf(async () => [
      await users.byId(realmId, holder),
      await users.byEmail(realmId, 'Zoe@acme.test'),
      await users.serviceAccountOf(realmId, 'shop'),
      ...(await users.byIds(realmId, [holder])),
      ...(await users.list(realmId, { ids: [holder] })),
      ...(await users.list(realmId, { email: 'zoe@acme.test', exact: true, max: 1 })),
    ]);
    expect(found.map((user) => user?.username)).toEqual(['zoe', 'zoe', service.username, 'zoe', 'zoe', 'zoe']);
    expect(plans).toMatch(/user_account_email/);
    expect(plans).toMatch(/user_account_service_account/);
    expect(plans).not.toMatch(/user_account_username|SCAN|Seq Scan/);
  });

  it('finds the few who have a role from there, beside one that everybody has', async () => {
    const { users, roles, unitOfWork, dataSource } = database();
    const common = sampleRole(realmId, { name: 'common' });
    const rare = sampleRole(realmId, { name: 'rare' });
    const part = sampleRole(realmId, { name: 'part' });
    await unitOfWork.run(async () => {
      for (const role of [common, rare, part]) await roles.insert(role);
      await roles.addComposites(realmId, rare.id, [part.id]);
      await roles.mapToUser(realmId, holder, [rare.id]);
      for (const { id } of await users.list(realmId, {})) await roles.mapToUser(realmId, id, [common.id]);
    });
    await withStatistics(dataSource);
    const { found, plans } = await plansOf(() => roles.enabledHolders(realmId, part.id, 500));
    expect(found).toEqual([holder]);
    expect(plans).toMatch(/user_role_role/);
    expect(plans).toMatch(/SEARCH u USING|on user_account u .*rows=1 /);
    expect(plans).not.toMatch(/SEARCH \w+ USING [^"]*\(realm_id=\?\)/);
  });

  it('finds the groups and roles of a user from there, not among all of the realm', async () => {
    const { roles } = database();
    const { found, plans } = await plansOf(() => roles.effectiveRoleIds(realmId, holder));
    expect(found.size).toBeGreaterThan(ROWS / 4);
    expect(plans).toMatch(/group_member_user/);
    expect(plans).not.toMatch(/SEARCH \w+ USING [^"]*\(realm_id=\?\)/);
  });

  it('finds the clients with flows of their own by indexes of these', async () => {
    const { clients, unitOfWork } = database();
    const [browser, direct] = (['browser', 'direct_grant'] as const).map((door) =>
      sampleClient({ realmId, id: freshId('client'), clientId: door, flowOverrides: { [door]: `flow of ${door}` } }),
    );
    await unitOfWork.run(async () => {
      for (const client of [browser, direct]) if (client) await clients.insert(client);
    });
    const { found, plans } = await plansOf(async () => [
      await clients.usingFlow(realmId, 'flow of browser'),
      await clients.usingFlow(realmId, 'flow of direct_grant'),
      await clients.withOwnFlows(realmId),
    ]);
    expect(found).toEqual([[browser], [direct], [browser, direct]]);
    expect(plans).toMatch(/client_browser_flow/);
    expect(plans).toMatch(/client_direct_grant_flow/);
    expect(plans).not.toMatch(/client_client_id|SCAN|Seq Scan/);
  });

  it('counts in the database', async () => {
    const { users, groups } = database();
    const { found, statements } = await plansOf(async () => [
      await users.count(realmId, { search: 'n00' }),
      await users.count(realmId, { attributes: { team: '7' } }),
      await groups.count(realmId, { search: 'n00' }),
      await groups.count(realmId, { parentId: parent }),
    ]);
    expect(found).toEqual([ROWS, ROWS / 50, ROWS, ROWS / 2]);
    expect(statements.filter(({ sql }) => !sql.startsWith('SELECT count(*)'))).toEqual([]);
  });

  it('gives paths and numbers of children for a page only', async () => {
    const { groups } = database();
    const [page] = await groups.list(realmId, { parentId: parent, max: 1 });
    expect((await groups.withAncestors(realmId, [page?.id ?? ''])).map(({ id }) => id)).toEqual([parent, page?.id]);
    expect(await groups.childCounts(realmId, [parent, page?.id ?? ''])).toEqual(new Map([[parent, ROWS / 2]]));
  });
});
