import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOptions } from '../../../bench/admin/admin.js';
import { EDITORS, FLOW_EDITOR, flowEditors } from '../../../bench/admin/flow-editor.js';
import { measurePhases } from '../../../bench/admin/phases.js';
import { adminRealmFile, flowAlias, type RealmSize } from '../../../bench/admin/realm-file.js';
import { adminReport } from '../../../bench/admin/report.js';
import { APP, CHEAP_HASH } from '../../../bench/bench-realm.js';
import { generatedUser } from '../../../bench/growth/fill.js';
import { Administrator } from '../../../src/proof/administrator.js';
import { AdminRest } from '../../support/admin-rest.js';
import { keepAlive } from '../../../src/proof/http-request.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';

const SIZE: RealmSize = {
  users: 20,
  clients: 12,
  flows: 2 * EDITORS + 1,
  roles: 3,
  groups: 3,
  clientScopes: 1,
  events: 1,
};

describe('The bench of the Admin API', () => {
  let server: RunningServer;
  const agent = keepAlive(EDITORS);

  beforeAll(async () => {
    const file = adminRealmFile(SIZE);
    const users = [1, 2].map((number) => ({
      id: generatedUser(number),
      username: generatedUser(number),
      enabled: true,
    }));
    server = await RunningServer.start({ realms: [{ ...file, users: [...file.users, ...users] }] });
  });
  afterAll(async () => {
    agent.destroy();
    await server.close();
  });

  it('makes every call of the flow editor, and leaves the flows as it found them', async () => {
    const rest = await AdminRest.of(server, CHEAP_HASH.name);
    const administrator = new Administrator(agent, server.url, { name: ADMIN.username, password: ADMIN.password });
    const editors = await flowEditors(administrator, SIZE.flows, await rest.clientUuid(APP.clientId));
    const flows = async (): Promise<unknown> => {
      const path = `authentication/flows/${encodeURIComponent(flowAlias(1))}/executions`;
      const executions = (await rest.call<{ id: string }[]>('GET', path)).body;
      return [(await rest.call<unknown[]>('GET', 'authentication/flows')).body.length, executions.map(({ id }) => id)];
    };
    const before = await flows();
    const measured = await measurePhases(
      FLOW_EDITOR,
      editors,
      { url: server.url, pid: process.pid },
      { seconds: 0, calls: 2 },
    );
    expect([...measured.keys()]).toEqual(FLOW_EDITOR.map(({ name }) => name));
    for (const [name, { p99Ms, perSecond }] of measured) {
      expect(p99Ms, name).toBeGreaterThan(0);
      expect(perSecond, name).toBeGreaterThan(0);
    }
    expect(await flows()).toEqual(before);

    const run = { database: 'SQLite', size: SIZE, lists: new Map(), plans: [], hashMs: 12.74 };
    const report = adminReport(
      {
        ...run,
        editor: new Map(
          [...measured].map(([name, figures], at) => {
            return [name, { alone: { ...figures, p99Ms: at === 0 ? 50 : 1 }, together: { ...figures, p99Ms: 99 } }];
          }),
        ),
      },
      'About',
    );
    expect(report).toContain('p99 of 50 ms or more: list of flows.');
    expect(report).toContain('be 25 ms.');
    const listsOnly = adminReport({ ...run, editor: new Map() }, 'About');
    expect(listsOnly).toContain('\n\n## Query plans of the lists');
    expect(listsOnly).not.toMatch(/editor|administrator|p99 is below/);
  });

  it('refuses options that make no sense', () => {
    expect(readOptions(['--database', 'sqlite', '--only', 'editor', '--dry'])).toEqual({
      databases: ['sqlite'],
      seconds: 5,
      parts: ['editor'],
      dry: true,
    });
    expect(() => readOptions(['--only', 'users'])).toThrow(RangeError);
    expect(() => readOptions(['--seconds', '0'])).toThrow(RangeError);
    expect(() => readOptions(['--database', 'oracle'])).toThrow(RangeError);
  });
});
