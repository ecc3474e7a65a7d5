import { expect, it } from 'vitest';
import type { SessionEnd } from '../../src/sessions/user-session.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { freshId, sampleClientSession, sampleSession } from './samples.js';

const END: SessionEnd = { reason: 'admin', at: 5_000 };

describeOnEachDatabase('Ended sessions', (database) => {
  /** Opens a session with parts of clients and ends it; gives its id. */
  async function ended(
    realmId: string,
    userId: string,
    at: number,
    clientIds: readonly string[] = [],
  ): Promise<string> {
    const { sessions, unitOfWork } = database();
    const session = sampleSession(realmId, userId);
    await unitOfWork.run(async () => {
      await sessions.insert(session);
      for (const clientId of clientIds) await sessions.insertClientSession(sampleClientSession(session, clientId));
      await sessions.endAll(realmId, false, [session.id], { ...END, at });
    });
    return session.id;
  }

  const ids = async (realmId: string, search: object, first = 0, max = 10): Promise<readonly string[]> =>
    (await database().endedSessions.list(realmId, search, { first, max })).map(({ session }) => session.id);

  it('are listed with their end and their clients, the last first, page by page', async () => {
    const realmId = freshId('realm');
    const first = await ended(realmId, 'ann', 10, ['a', 'b']);
    const last = await ended(realmId, 'ben', 20);
    const middle = await ended(realmId, 'ann', 15, ['a']);
    expect(await ids(realmId, {})).toEqual([last, middle, first]);
    expect(await ids(realmId, {}, 1, 1)).toEqual([middle]);
    const [{ session, clientIds } = { session: undefined, clientIds: [] }] = await database().endedSessions.list(
      realmId,
      {},
      { first: 2, max: 1 },
    );
    expect(session?.end).toEqual({ ...END, at: 10 });
    expect([...clientIds].sort()).toEqual(['a', 'b']);
  });

  it('are found by user and by client, and no client by a part of its id', async () => {
    const realmId = freshId('realm');
    const both = await ended(realmId, 'ann', 10, ['app', 'other']);
    await ended(realmId, 'ben', 20, ['app-2']);
    expect(await ids(realmId, { userId: 'ann' })).toEqual([both]);
    expect(await ids(realmId, { clientId: 'app' })).toEqual([both]);
    expect(await ids(realmId, { clientId: 'app', userId: 'ben' })).toEqual([]);
    expect(await ids(realmId, { clientId: '%' })).toEqual([]);
  });

  it('are none of the open ones and none of another realm', async () => {
    const { sessions, unitOfWork } = database();
    const realmId = freshId('realm');
    await unitOfWork.run(() => sessions.insert(sampleSession(realmId, 'ann')));
    await ended(freshId('realm'), 'ann', 10);
    expect(await ids(realmId, {})).toEqual([]);
  });
});
