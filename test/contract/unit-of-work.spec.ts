import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { UnavailableError } from '../../src/shared/errors.js';
import { describeOnEachDatabase, describeOnPostgres } from '../support/databases.js';
import { sampleRealm } from '../support/fakes/sample-realm.js';
import { Gate } from './gate.js';
import { freshId } from './samples.js';

function newRealm() {
  const id = freshId('realm');
  return { ...sampleRealm(), id, name: id };
}

describeOnEachDatabase('A unit of work', (database) => {
  it('commits what its work wrote', async () => {
    const { unitOfWork, realms } = database();
    const realm = newRealm();
    expect(await unitOfWork.run(() => realms.insert(realm).then(() => 'done'))).toBe('done');
    expect(await realms.byId(realm.id)).toEqual(realm);
  });

  it('rolls everything back when the work throws, and throws on', async () => {
    const { unitOfWork, realms } = database();
    const realm = newRealm();
    const work = unitOfWork.run(async () => {
      await realms.insert(realm);
      throw new RangeError('no');
    });
    await expect(work).rejects.toThrow(RangeError);
    expect(await realms.byId(realm.id)).toBeUndefined();
  });

  it('sees its own writes, and nobody else does before the commit', async () => {
    const { unitOfWork, realms } = database();
    const realm = newRealm();
    const written = new Gate();
    const looked = new Gate();
    const running = unitOfWork.run(async () => {
      await realms.insert(realm);
      written.open();
      await looked.opened;
      return realms.byId(realm.id);
    });
    await written.opened;
    expect(await realms.byId(realm.id)).toBeUndefined();
    looked.open();
    expect(await running).toEqual(realm);
  });

  it('is joined by a unit of work within', async () => {
    const { unitOfWork, realms } = database();
    const [outer, inner] = [newRealm(), newRealm()];
    const work = unitOfWork.run(async () => {
      await realms.insert(outer);
      await unitOfWork.run(() => realms.insert(inner));
      throw new Error('the outer one fails');
    });
    await expect(work).rejects.toThrow('the outer one fails');
    expect(await realms.byId(inner.id)).toBeUndefined();
  });

  it('refuses a write outside', async () => {
    const { realms, sessions } = database();
    await expect(realms.insert(newRealm())).rejects.toThrow('outside of a unit of work');
    await expect(sessions.lockOwner('realm', 'user')).rejects.toThrow('outside of a unit of work');
  });

  it('refuses a write that was left behind and comes after the end', async () => {
    const { unitOfWork, realms } = database();
    const gate = new Gate();
    const realm = newRealm();
    let late: Promise<void> | undefined;
    await unitOfWork.run(async () => {
      late = gate.opened.then(() => realms.insert(realm));
      await nextTurn();
    });
    gate.open();
    await expect(late).rejects.toThrow('outside of a unit of work');
    expect(await realms.byId(realm.id)).toBeUndefined();
  });

  it('runs effects after the commit, in order, outside of the transaction', async () => {
    const { unitOfWork, realms } = database();
    const [first, second] = [newRealm(), newRealm()];
    const seen: string[] = [];
    await unitOfWork.run(async () => {
      unitOfWork.afterCommit(async () => {
        seen.push((await realms.byId(first.id))?.name ?? 'not committed');
        await unitOfWork.run(() => realms.insert(second));
      });
      unitOfWork.afterCommit(() => void seen.push('second effect'));
      await realms.insert(first);
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual([first.name, 'second effect']);
    expect(await realms.byId(second.id)).toEqual(second);
  });

  it('drops effects of a failed work, keeps those of an inner one until the outer has committed', async () => {
    const { unitOfWork } = database();
    const seen: string[] = [];
    const failing = unitOfWork.run(() => {
      unitOfWork.afterCommit(() => void seen.push('never'));
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    await unitOfWork.run(async () => {
      await unitOfWork.run(() => {
        unitOfWork.afterCommit(() => void seen.push('inner'));
        return Promise.resolve();
      });
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual(['inner']);
  });

  it('reports what an effect throws and stands', async () => {
    const { unitOfWork, effectFailures } = database();
    const failure = new Error('mail server is down');
    const seen: string[] = [];
    await unitOfWork.run(() => {
      unitOfWork.afterCommit(() => Promise.reject(failure));
      unitOfWork.afterCommit(() => void seen.push('the next one'));
      return Promise.resolve();
    });
    expect(effectFailures).toContain(failure);
    expect(seen).toEqual(['the next one']);
  });

  it('keeps 50 parallel ones apart', async () => {
    const { unitOfWork, sessions } = database();
    const owner = freshId('user');
    const versions = await Promise.all(
      Array.from({ length: 50 }, () => unitOfWork.run(() => sessions.lockOwner('realm', owner))),
    );
    expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('goes on after a conflict that was caught', async () => {
    const { unitOfWork, realms } = database();
    const [realm, other] = [newRealm(), newRealm()];
    await unitOfWork.run(async () => {
      await realms.insert(realm);
      await expect(realms.insert(realm)).rejects.toMatchObject({ code: 'realm_exists' });
      await realms.insert(other);
    });
    expect(await realms.byId(other.id)).toEqual(other);
  });
});

describeOnPostgres('A unit of work', (database) => {
  it('does the whole work again after a deadlock, without the effects of the failed try', async () => {
    const { unitOfWork, sessions } = database();
    const [left, right] = [freshId('user'), freshId('user')];
    const effects: string[] = [];
    let tries = 0;
    const bothLocked = new Gate();
    let locked = 0;
    const lockBoth = (name: string, first: string, second: string) =>
      unitOfWork.run(async () => {
        tries++;
        unitOfWork.afterCommit(() => void effects.push(name));
        await sessions.lockOwner('realm', first);
        if (++locked >= 2) bothLocked.open();
        await bothLocked.opened;
        await sessions.lockOwner('realm', second);
      });
    await Promise.all([lockBoth('a', left, right), lockBoth('b', right, left)]);
    expect(tries).toBe(3);
    expect(effects.sort()).toEqual(['a', 'b']);
  });

  it('says that the database is not available when the connection breaks', async () => {
    const { unitOfWork, sessions, realms, dataSource } = database();
    const broken = unitOfWork.run(async () => {
      await sessions.lockOwner('realm', 'user');
      await dataSource.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'`,
      );
      await sessions.lockOwner('realm', 'user');
    });
    await expect(broken).rejects.toBeInstanceOf(UnavailableError);
    await expect(broken).rejects.toMatchObject({ code: 'database_unavailable' });
    await expect(realms.list()).resolves.toEqual([]); // the pool has replaced it
  });
});
