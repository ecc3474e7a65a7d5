import { describe, expect, it } from 'vitest';
import type { AdminEvent, AdminEventQuery } from '../../src/events/admin-events.js';
import type { EventQuery } from '../../src/events/auth-events.js';
import type {
  FlowRevision,
  FlowVersion,
  StoredConfig,
  StoredExecution,
  StoredFlow,
} from '../../src/flows/stored-flow.js';
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

    it('keeps revisions of a flow, newest first, and knows the last number', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      const content = { flows: [flow(realmId)], executions: [], configs: [] };
      const revision = (number: number, flowId = 'f'): FlowRevision => ({
        realmId,
        flowId,
        number,
        hash: `h${number}`,
        at: number,
        content,
        ...(number === 2 && { editorId: 'u', editorName: 'ada' }),
      });
      expect(await flows.lastRevision(realmId, 'f')).toBe(0);
      for (const it of [revision(1), revision(2), revision(1, 'other')]) await run(() => flows.appendRevision(it));
      expect(await flows.lastRevision(realmId, 'f')).toBe(2);
      expect(await flows.revisions(realmId, 'f', { first: 0, max: -1 })).toStrictEqual([revision(2), revision(1)]);
      expect(await flows.revisions(realmId, 'f', { first: 1, max: 1 })).toStrictEqual([revision(1)]);
      expect(await flows.revision(realmId, 'f', 2)).toStrictEqual(revision(2));
      expect(await flows.revision(realmId, 'f', 3)).toBeUndefined();
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
        for (const it of [second, first]) await flows.insertFlow(it);
        for (const it of [late, early]) await flows.insertExecution(it);
        await flows.insertConfig(config);
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
        await flows.insertFlow({ ...bare, runningHash: 'h' });
        await flows.insertExecution(step);
        await flows.insertConfig(config);
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
        await flows.deleteConfig(realmId, 'x');
        await flows.deleteExecution(realmId, step.id);
        await flows.deleteFlow(realmId, bare.id);
      });
      expect(await flows.configOfExecution(realmId, step.id)).toBeUndefined();
      expect(await flows.catalog(realmId)).toEqual({ flows: [], executions: [], configs: [] });
    });

    it('refuses an alias that is taken', async () => {
      const { flows } = database();
      const realmId = freshId('realm');
      await run(() => flows.insertFlow(flow(realmId, { alias: 'browser' })));
      await expect(run(() => flows.insertFlow(flow(realmId, { alias: 'browser' })))).rejects.toMatchObject({
        code: 'flow_alias_taken',
      });
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
        await flows.insertFlow(flow(realmId, { alias: 'a' }));
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
