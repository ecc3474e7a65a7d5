import { describe, expect, it, vi } from 'vitest';
import type { AdminEvent, AdminEventQuery } from '../../src/events/admin-events.js';
import type { EventQuery } from '../../src/events/auth-events.js';
import { saveChanges } from '../../src/flows/catalog-changes.js';
import type {
  FlowCatalog,
  FlowVersion,
  NewRevision,
  StoredConfig,
  StoredExecution,
  StoredFlow,
} from '../../src/flows/stored-flow.js';
import { Database } from '../../src/persistence/database.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { Gate } from './gate.js';
import { freshId, sampleEvent } from './samples.js';

describeOnEachDatabase('Stores of flows and events', (database) => {
  const run = <T>(work: () => Promise<T>) => database().unitOfWork.run(work);

  describe('FlowStore', () => {
    const flow = (realmId: string, members: Partial<StoredFlow> = {}): StoredFlow => {
      const id = freshId('flow');
      return {
        id,
        realmId,
        alias: id,
        description: '',
        providerId: 'basic-flow',
        topLevel: true,
        builtIn: false,
        position: 0,
        ...members,
      };
    };
    const execution = (
      realmId: string,
      parentFlowId: string,
      members: Partial<StoredExecution> = {},
    ): StoredExecution => ({
      id: freshId('execution'),
      realmId,
      parentFlowId,
      requirement: 'REQUIRED',
      priority: 10,
      ...members,
    });

    it('numbers the revisions of a flow, and keeps them, newest first', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const content = { flows: [flow(realmId)], executions: [], configs: [] };
      const revision = (at: number, flowId = 'f'): NewRevision => ({
        realmId,
        flowId,
        hash: `h${at}`,
        at,
        content,
        ...(at === 2 && { editorId: 'u', editorName: 'ada' }),
      });
      const [first, second] = [
        { ...revision(1), number: 1 },
        { ...revision(2), number: 2 },
      ];
      const origin = vi.fn(() => revision(9));
      for (const it of [revision(1), revision(2, 'other')]) await run(() => flows.appendRevision(it));
      await run(() => flows.appendRevision(revision(2), origin));
      expect(await flows.revisions(realmId, 'f', { first: 0, max: -1 })).toStrictEqual([second, first]);
      expect(await flows.revisions(realmId, 'f', { first: 1, max: 1 })).toStrictEqual([first]);
      expect(await flows.revision(realmId, 'f', 2)).toStrictEqual(second);
      expect(await flows.revision(realmId, 'f', 3)).toBeUndefined();
      expect(origin).not.toHaveBeenCalled();
    });

    it('begins with what a flow was that has no revision yet', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const revision = (at: number): NewRevision => ({
        realmId,
        flowId: 'f',
        hash: `h${at}`,
        at,
        content: { flows: [flow(realmId)], executions: [], configs: [] },
      });
      const [was, is, next] = [revision(1), revision(2), revision(3)];
      for (const it of [is, next]) await run(() => flows.appendRevision(it, () => was));
      expect(await flows.revisions(realmId, 'f', { first: 0, max: -1 })).toStrictEqual([
        { ...next, number: 3 },
        { ...is, number: 2 },
        { ...was, number: 1 },
      ]);
    });

    it('gives the catalog in order', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const [second, first] = [
        flow(realmId, { position: 2, runningHash: 'h' }),
        flow(realmId, { position: 1, topLevel: false }),
      ];
      const config: StoredConfig = { id: freshId('config'), realmId, alias: 'limits', values: { max: '3' } };
      const late = execution(realmId, second.id, { priority: 20, authenticator: 'auth-cookie', configId: config.id });
      const early = execution(realmId, second.id, { priority: 10, flowId: first.id });
      await run(async () => {
        await flows.insertFlows([second, first]);
        await flows.insertExecutions([late, early]);
        await flows.insertConfigs([config]);
      });
      expect(await flows.catalog(realmId)).toStrictEqual({
        flows: [first, second],
        executions: [early, late],
        configs: [config],
      });
      expect(await flows.flow(realmId, second.id)).toStrictEqual(second);
      expect(await flows.flow(realmId, 'none')).toBeUndefined();
      expect(await flows.catalog('other')).toEqual({ flows: [], executions: [], configs: [] });
    });

    it('replaces and deletes', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const { runningHash: _runningHash, ...bare } = flow(realmId, { runningHash: 'h' });
      const step = execution(realmId, bare.id, { authenticator: 'a', configId: 'x' });
      const config: StoredConfig = { id: 'x', realmId, alias: 'x', values: {} };
      await run(async () => {
        await flows.insertFlows([{ ...bare, runningHash: 'h' }]);
        await flows.insertExecutions([step]);
        await flows.insertConfigs([config]);
        await flows.updateFlow({ ...bare, alias: 'renamed' });
        await flows.updateConfig({ ...config, values: { a: 'b' } });
      });
      expect((await flows.catalog(realmId)).flows).toStrictEqual([{ ...bare, alias: 'renamed' }]);
      expect(await flows.configOfExecution(realmId, step.id)).toStrictEqual({
        config: { ...config, values: { a: 'b' } },
      });
      const { configId: _configId, ...unconfigured } = step;
      await run(() => flows.updateExecution({ ...unconfigured, requirement: 'DISABLED' }));
      expect(await flows.configOfExecution(realmId, step.id)).toStrictEqual({ config: undefined });
      await run(async () => {
        await flows.deleteConfigs(realmId, ['x']);
        await flows.deleteExecutions(realmId, [step.id]);
        await flows.deleteFlows(realmId, [bare.id]);
      });
      expect(await flows.configOfExecution(realmId, step.id)).toBeUndefined();
      expect(await flows.catalog(realmId)).toEqual({ flows: [], executions: [], configs: [] });
    });

    it('refuses an alias that is taken, and keeps nothing of what came with it', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const taken = flow(realmId, { alias: 'browser' });
      const refusal = { code: 'flow_alias_taken', message: 'Flow browser already exists' };
      await run(() => flows.insertFlows([taken]));
      const [again, other] = [flow(realmId, { alias: 'browser' }), flow(realmId, { alias: 'other' })];
      for (const several of [[again], [other, again], [again, other]])
        await expect(run(() => flows.insertFlows(several))).rejects.toMatchObject(refusal);
      await expect(run(() => flows.insertFlows([other, { ...other, id: freshId('flow') }]))).rejects.toMatchObject({
        message: 'Flow other already exists',
      });
      expect((await flows.catalog(realmId)).flows).toStrictEqual([taken]);
      await run(() => flows.insertFlows([other]));
      await expect(run(() => flows.updateFlow({ ...other, alias: 'browser' }))).rejects.toMatchObject(refusal);
    });

    it('replaces one row and leaves all others as they are', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const [one, two] = [flow(realmId, { position: 1, topLevel: false }), flow(realmId, { position: 2 })];
      const elsewhere = { ...one, realmId: freshId('realm') };
      await run(() => flows.insertFlows([one, two, elsewhere]));
      await run(() => flows.updateFlow({ ...one, description: 'said', builtIn: true }));
      await run(() => flows.updateFlow({ ...two, id: 'none', alias: 'none' }));
      expect((await flows.catalog(realmId)).flows).toStrictEqual([{ ...one, description: 'said', builtIn: true }, two]);
      expect((await flows.catalog(elsewhere.realmId)).flows).toStrictEqual([elsewhere]);
    });

    it('takes and deletes many rows with few statements, and none with none', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const elsewhere: StoredConfig = { id: 'c0', realmId: freshId('realm'), alias: 'limits', values: {} };
      const configs = Array.from({ length: 1200 }, (_, at) => ({ ...elsewhere, id: `c${at}`, realmId }));
      const executions = configs.map(({ id }) => execution(realmId, 'f', { configId: id }));
      const execute = vi.spyOn(Database.prototype, 'execute');
      await run(async () => {
        await flows.insertFlows([]);
        await flows.insertExecutions([]);
        await flows.insertConfigs([]);
        await flows.deleteFlows(realmId, []);
        await flows.deleteExecutions(realmId, []);
        await flows.deleteConfigs(realmId, []);
      });
      expect(execute).not.toHaveBeenCalled();
      await run(async () => {
        await flows.insertConfigs([...configs, elsewhere]);
        await flows.insertExecutions(executions);
      });
      const found = await flows.catalog(realmId);
      expect([found.configs.length, found.executions.length]).toEqual([1200, 1200]);
      await run(async () => {
        await flows.deleteExecutions(
          realmId,
          executions.map(({ id }) => id),
        );
        await flows.deleteConfigs(
          realmId,
          configs.slice(1).map(({ id }) => id),
        );
      });
      expect(await flows.catalog(realmId)).toStrictEqual({ flows: [], executions: [], configs: configs.slice(0, 1) });
      expect((await flows.catalog(elsewhere.realmId)).configs).toStrictEqual([elsewhere]);
      expect(execute.mock.calls.length).toBeLessThan(30);
      execute.mockRestore();
    });

    it('saves what an edit made of a catalog with one statement for the new rows of a kind, and one for the gone', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const made = Array.from({ length: 7 }, (_, position) => flow(realmId, { position, topLevel: position === 0 }));
      const configs = made.map(({ alias }): StoredConfig => ({ id: alias, realmId, alias, values: { of: alias } }));
      const executions = made.map(({ id, alias }, priority) =>
        execution(realmId, id, { priority, authenticator: 'a', configId: alias }),
      );
      const catalog: FlowCatalog = { flows: made, executions, configs };
      const none: FlowCatalog = { flows: [], executions: [], configs: [] };
      const execute = vi.spyOn(Database.prototype, 'execute');
      await run(() => saveChanges(flows, realmId, none, catalog));
      expect(execute).toHaveBeenCalledTimes(3);
      expect(await flows.catalog(realmId)).toMatchObject({ flows: made, executions });
      await run(() => saveChanges(flows, realmId, catalog, none));
      expect(execute).toHaveBeenCalledTimes(6);
      expect(await flows.catalog(realmId)).toEqual(none);
      execute.mockRestore();
    });

    it('locks a realm with one statement, however often it is asked in a unit of work', async () => {
      const { flows } = database();
      const [realmId, other] = [freshId('realm'), freshId('realm')];
      const execute = vi.spyOn(Database.prototype, 'execute');
      const lock = () =>
        run(async () => {
          for (const it of [realmId, realmId, other, realmId, other]) await flows.lockForEdit(it);
        });
      await lock();
      expect(execute).toHaveBeenCalledTimes(2);
      await lock();
      expect(execute).toHaveBeenCalledTimes(4);
      execute.mockRestore();
    });

    it('keeps a version as it was first stored', async () => {
      const { flows } = database();
      const version: FlowVersion = {
        hash: freshId('hash'),
        realmId: 'r1',
        flowId: 'f',
        definition: { alias: 'browser', kind: 'basic-flow', executions: [] },
        createdAt: 1_700_000_000_000,
      };
      await run(() => flows.saveVersion(version));
      await run(() => flows.saveVersion({ ...version, createdAt: 5 }));
      expect(await flows.version('r1', version.hash)).toStrictEqual(version);
      expect(await flows.version('r2', version.hash)).toBeUndefined();
    });

    it('makes two editors queue', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const [locked, edited] = [new Gate(), new Gate()];
      const first = run(async () => {
        await flows.lockForEdit(realmId);
        locked.open();
        await edited.opened;
        await flows.insertFlows([flow(realmId, { alias: 'a' })]);
      });
      await locked.opened;
      const second = run(async () => {
        await flows.lockForEdit(realmId);
        return (await flows.catalog(realmId)).flows.length;
      });
      edited.open();
      await first;
      expect(await second).toBe(1);
    });
  });

  describe('EventStore', () => {
    it('finds by every criterion, in both directions, in pages', async () => {
      const { events } = database();
      const realmId = freshId('realm');
      const [a, b, c] = [
        sampleEvent(realmId, { time: 10, clientId: 'app', userId: 'u1', sessionId: 's', ipAddress: '203.0.113.7' }),
        sampleEvent(realmId, { time: 20, type: 'LOGIN_ERROR', error: 'invalid_user_credentials', details: {} }),
        sampleEvent(realmId, { time: 20, type: 'LOGOUT', userId: 'u1' }),
      ];
      for (const event of [c, a, b]) await run(() => events.append(event));
      const list = (query: Partial<EventQuery>) =>
        events.list(realmId, { first: 0, max: 10, direction: 'asc', ...query });
      expect(await list({})).toStrictEqual([a, b, c]);
      expect(await list({ direction: 'desc' })).toStrictEqual([c, b, a]);
      expect(await list({ first: 1, max: 1 })).toStrictEqual([b]);
      expect(await list({ types: ['LOGIN_ERROR', 'LOGOUT'] })).toStrictEqual([b, c]);
      expect(await list({ types: [] })).toHaveLength(3);
      expect(await list({ clientId: 'app' })).toStrictEqual([a]);
      expect(await list({ userId: 'u1', types: ['LOGOUT'] })).toStrictEqual([c]);
      expect(await list({ ipAddress: '203.0.113.7' })).toStrictEqual([a]);
      expect(await list({ error: 'invalid_user_credentials' })).toStrictEqual([b]);
      expect(await list({ from: 20 })).toStrictEqual([b, c]);
      expect(await list({ to: 10 })).toStrictEqual([a]);
      expect(await list({ from: 10, to: 19 })).toStrictEqual([a]);
    });

    it('is one with what it reports', async () => {
      const { events } = database();
      const event = sampleEvent(freshId('realm'));
      const failing = run(async () => {
        await events.append(event);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await events.list(event.realmId, { first: 0, max: 10, direction: 'asc' })).toEqual([]);
    });

    it('expires in batches and clears, one realm only', async () => {
      const { events } = database();
      const [realmId, other] = [freshId('realm'), freshId('realm')];
      for (const time of [10, 20, 30]) await run(() => events.append(sampleEvent(realmId, { time })));
      await run(() => events.append(sampleEvent(other, { time: 10 })));
      expect(await run(() => events.expire(realmId, 30, 1))).toBe(1);
      const times = async (realm: string) =>
        (await events.list(realm, { first: 0, max: 10, direction: 'asc' })).map(({ time }) => time);
      expect(await times(realmId)).toEqual([20, 30]);
      expect(await run(() => events.expire(realmId, 30, 5))).toBe(1);
      await run(() => events.clear(realmId));
      expect([await times(realmId), await times(other)]).toEqual([[], [10]]);
    });
  });

  describe('EventStore', () => {
    it('forgets a user, and addresses that are old, in batches', async () => {
      const { events } = database();
      const realmId = freshId('realm');
      const addressed = (time: number, userId: string) =>
        sampleEvent(realmId, { time, userId, ipAddress: '203.0.113.7' });
      const [a, b, c, d] = [addressed(1, 'u'), addressed(2, 'u'), addressed(3, 'v'), addressed(4, 'v')];
      for (const it of [a, b, c, d]) await run(() => events.append(it));
      const list = async () =>
        (await events.list(realmId, { first: 0, max: 10, direction: 'asc' })).map(({ id, ipAddress }) => [
          id,
          ipAddress,
        ]);
      expect(await run(() => events.forgetAddresses(4, 2))).toBe(2);
      expect(await run(() => events.forgetAddresses(4, 2))).toBe(1);
      expect(await run(() => events.forgetAddresses(4, 2))).toBe(0);
      expect(await list()).toEqual([
        [a.id, undefined],
        [b.id, undefined],
        [c.id, undefined],
        [d.id, '203.0.113.7'],
      ]);
      await run(() => events.forgetUser(realmId, 'u'));
      expect((await list()).map(([id]) => id)).toEqual([c.id, d.id]);
    });
  });

  describe('AdminEventStore', () => {
    const event = (realmId: string, members: Partial<AdminEvent> = {}): AdminEvent => ({
      id: freshId('event'),
      time: 10,
      realmId,
      operationType: 'CREATE',
      resourceType: 'USER',
      resourcePath: 'users/1',
      authRealmId: 'master',
      authClientId: 'cli',
      authUserId: 'u1',
      ipAddress: '203.0.113.7',
      ...members,
    });

    it('forgets what is personal of a user, and old addresses', async () => {
      const { adminEvents } = database();
      const realmId = freshId('realm');
      const made = [
        event(realmId, { resourcePath: 'users/u', representation: '{}', authRealmId: realmId, authUserId: 'x' }),
        event(realmId, { resourcePath: 'users/u/groups/g', representation: '{}', time: 20 }),
        event(realmId, { resourcePath: 'users/u2', representation: '{}', time: 30 }),
        event(realmId, { resourcePath: 'roles/r', authRealmId: realmId, authUserId: 'u', time: 40 }),
      ];
      for (const it of made) await run(() => adminEvents.append(it));
      await run(() => adminEvents.forgetUser(realmId, 'u'));
      const list = async () =>
        (await adminEvents.list(realmId, { first: 0, max: 10, direction: 'asc' })).map(
          ({ resourcePath, representation, ipAddress }) => [resourcePath, representation, ipAddress],
        );
      const address = '203.0.113.7';
      expect(await list()).toEqual([
        ['users/u', undefined, address],
        ['users/u/groups/g', undefined, address],
        ['users/u2', '{}', address],
        ['roles/r', undefined, ''],
      ]);
      for (let left = 1; left > 0;) left = await run(() => adminEvents.forgetAddresses(30, 100));
      expect((await list()).map(([, , ip]) => ip)).toEqual(['', '', address, '']);
    });

    it('lists by every filter, in order, in pages, of one realm only', async () => {
      const { adminEvents } = database();
      const realmId = freshId('realm');
      const a = event(realmId, { representation: '{"username":"ada"}' });
      const b = event(realmId, { time: 20, operationType: 'DELETE', authUserId: 'u2', authRealmId: realmId });
      const c = event(realmId, {
        time: 30,
        resourceType: 'REALM_ROLE',
        resourcePath: 'roles/a_b%',
        authClientId: 'app',
        ipAddress: '::1',
      });
      for (const it of [a, b, c, event(freshId('realm'))]) await run(() => adminEvents.append(it));
      const list = (query: Partial<AdminEventQuery>): Promise<readonly AdminEvent[]> =>
        adminEvents.list(realmId, { first: 0, max: 10, direction: 'asc', ...query });
      expect(await list({})).toStrictEqual([a, b, c]);
      expect(await list({ direction: 'desc' })).toStrictEqual([c, b, a]);
      expect(await list({ first: 1, max: 1 })).toStrictEqual([b]);
      expect(await list({ operationTypes: ['DELETE', 'ACTION'] })).toStrictEqual([b]);
      expect(await list({ resourceTypes: ['REALM_ROLE'] })).toStrictEqual([c]);
      expect(await list({ authRealmId: realmId })).toStrictEqual([b]);
      expect(await list({ authClientId: 'app' })).toStrictEqual([c]);
      expect(await list({ authUserId: 'u2' })).toStrictEqual([b]);
      expect(await list({ ipAddress: '::1' })).toStrictEqual([c]);
      expect(await list({ resourcePath: 'users/*' })).toStrictEqual([a, b]);
      expect(await list({ resourcePath: 'roles/a_b%' })).toStrictEqual([c]);
      expect(await list({ resourcePath: 'users/_' })).toStrictEqual([]);
      expect(await list({ from: 20 })).toStrictEqual([b, c]);
      expect(await list({ to: 10 })).toStrictEqual([a]);
      expect(await list({ from: 11, to: 29 })).toStrictEqual([b]);
      expect(await run(() => adminEvents.expire(realmId, 30, 1))).toBe(1);
      expect(await list({})).toStrictEqual([b, c]);
      await run(() => adminEvents.clear(realmId));
      expect(await list({})).toEqual([]);
    });
  });
});
