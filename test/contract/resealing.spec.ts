import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { Database } from '../../src/persistence/database.js';
import { Resealing } from '../../src/persistence/resealing.js';
import { TypeOrmUnitOfWork } from '../../src/persistence/typeorm-unit-of-work.js';
import { AesSealer } from '../../src/shared/aes-sealer.js';
import { describeOnEachDatabase, type DatabaseUnderTest } from '../support/databases.js';
import { sampleRealm } from '../support/fakes/sample-realm.js';
import { freshId, sampleClient, sampleCredential } from './samples.js';

const newKey = (): string => randomBytes(32).toString('base64');

describeOnEachDatabase('A new encryption key', (database) => {
  const run = <T>(work: () => Promise<T>) => database().unitOfWork.run(work);
  const resealing = ({ dataSource }: DatabaseUnderTest, sealer: AesSealer): Resealing => {
    const own = new Database(dataSource);
    return new Resealing(own, new TypeOrmUnitOfWork(own, () => undefined), sealer);
  };

  /** Secrets of every kind in a realm of their own, and how to read them back. */
  async function fill(sealer: AesSealer, many = 1): Promise<(by: AesSealer) => Promise<readonly string[]>> {
    const { realms, realmKeys, clients, users } = database();
    const realmId = freshId('realm');
    const extra = { smtpServer: { password: { $sealed: sealer.seal('mail', realmId) }, host: 'mail.test' } };
    await run(() => realms.insert({ ...sampleRealm(), id: realmId, name: realmId, extra }));
    const ids = Array.from({ length: many }, () => freshId('row'));
    for (const id of ids) {
      await run(async () => {
        await clients.insert(
          sampleClient(realmId, { id, clientId: id, sealedSecret: sealer.seal(`client ${id}`, id) }),
        );
        await realmKeys.insert({
          ...{ id, realmId, componentId: id, name: 'k', providerId: 'aes-generated', use: 'enc', algorithm: 'AES' },
          ...{ status: 'active', priority: 1, createdAt: 1, config: {}, sealedPrivate: sealer.seal(`key ${id}`, id) },
        });
      });
    }
    const [userId, credentialId] = [freshId('user'), freshId('credential')];
    const user = { realmId, id: userId, username: userId, emailVerified: false, enabled: true, createdTimestamp: 0 };
    await run(async () => {
      await users.insert({ ...user, attributes: {}, requiredActions: [], notBefore: 0 }, true);
      const sealedSecret = sealer.seal('otp', credentialId);
      await users.insertCredential(sampleCredential(realmId, userId, { id: credentialId, sealedSecret }));
    });
    return async (by) => {
      const realm = await realms.byId(realmId);
      const smtp = realm?.extra['smtpServer'] as { password: { $sealed: string } };
      const [credential] = await users.credentials(realmId, userId);
      const texts = [
        by.open(smtp.password.$sealed, realmId),
        by.open(credential?.sealedSecret ?? '', credentialId),
        ...(await clients.list(realmId, {})).map(({ id, sealedSecret }) => by.open(sealedSecret ?? '', id)),
        ...(await realmKeys.list(realmId)).map(({ id, sealedPrivate }) => by.open(sealedPrivate, id)),
      ];
      expect(texts).toHaveLength(2 + 2 * many);
      return [...texts].sort();
    };
  }

  it('seals every secret anew, in batches, and the old key is needed no more', async () => {
    const [old, current] = [newKey(), newKey()];
    const read = await fill(new AesSealer(old), 7);
    const before = await read(new AesSealer(old));
    expect(await resealing(database(), new AesSealer(current, [old])).run(3)).toEqual({ resealed: 16, unreadable: 0 });
    await run(() => database().realms.update({ ...sampleRealm(), id: 'nobody', name: 'nobody' })); // else the stores answer from memory
    expect(await read(new AesSealer(current))).toEqual(before);
    expect(await resealing(database(), new AesSealer(current, [old])).run()).toEqual({ resealed: 0, unreadable: 0 });
  });

  it('goes on where a run was cut off, also from keys of long ago', async () => {
    const [first, second, third] = [newKey(), newKey(), newKey()];
    const one = await fill(new AesSealer(first));
    const two = await fill(new AesSealer(second));
    const three = await fill(new AesSealer(third));
    const report = await resealing(database(), new AesSealer(third, [first, second])).run(1);
    expect(report).toEqual({ resealed: 8, unreadable: 0 });
    await run(() => database().realms.update({ ...sampleRealm(), id: 'nobody', name: 'nobody' }));
    for (const read of [one, two, three]) expect((await read(new AesSealer(third))).length).toBe(4);
  });

  it('leaves alone what the old key does not open, and says so', async () => {
    const [old, current] = [newKey(), newKey()];
    const realmId = freshId('realm');
    const moved = new AesSealer(old).seal('of another row', 'another row');
    const client = sampleClient(realmId, { sealedSecret: moved });
    await run(() => database().clients.insert(client));
    expect(await resealing(database(), new AesSealer(current, [old])).run()).toEqual({ resealed: 0, unreadable: 1 });
    expect((await database().clients.byId(realmId, client.id))?.sealedSecret).toBe(moved);
  });
});
