import { beforeEach, describe, expect, it } from 'vitest';
import { FlowFixture, REALM_ID } from '../../test/support/flow-fixture.js';

let fixture: FlowFixture;
let limiter: string;
beforeEach(async () => {
  fixture = new FlowFixture();
  await fixture.makeFlow('mine');
  limiter = await fixture.executions.addStep(REALM_ID, 'mine', { provider: 'user-session-limits' });
});

const configure = (values: Record<string, string>, alias = 'limits') =>
  fixture.configs.configure(REALM_ID, limiter, { alias, values });
const read = async (id: string) => (await fixture.configs.get(REALM_ID, id)).values;

describe('a config', () => {
  it('is made, read, replaced in place and deleted', async () => {
    const id = await configure({ userRealmLimit: '3' });
    expect(await fixture.configs.get(REALM_ID, id)).toMatchObject({ alias: 'limits', values: { userRealmLimit: '3' } });
    expect((await fixture.executions.get(REALM_ID, limiter)).config?.id).toBe(id);
    await fixture.configs.update(REALM_ID, id, { alias: 'other', values: { userRealmLimit: '4' } });
    expect(await fixture.configs.get(REALM_ID, id)).toMatchObject({ alias: 'other', values: { userRealmLimit: '4' } });
    await fixture.configs.delete(REALM_ID, id);
    expect((await fixture.executions.get(REALM_ID, limiter)).config).toBeUndefined();
    await expect(fixture.configs.get(REALM_ID, id)).rejects.toThrow('Could not find authenticator config');
    await expect(fixture.configs.delete(REALM_ID, id)).rejects.toThrow('Could not find authenticator config');
  });

  it('takes the place of the one before, also under its alias', async () => {
    const first = await configure({ userRealmLimit: '3' });
    const second = await configure({ userRealmLimit: '5' });
    expect([...fixture.store.configs.keys()]).toEqual([second]);
    expect(second).not.toBe(first);
  });

  it('names the field whose value could never work, at create and at update', async () => {
    await expect(configure({ userRealmLimit: 'abc' })).rejects.toMatchObject({
      code: 'config_value_invalid',
      field: 'userRealmLimit',
      message: 'userRealmLimit must be a whole number',
    });
    const id = await configure({ userRealmLimit: '3' });
    await expect(fixture.configs.update(REALM_ID, id, { values: { userRealmLimit: '1.5' } })).rejects.toMatchObject({
      field: 'userRealmLimit',
    });
    expect(await read(id)).toEqual({ userRealmLimit: '3' });
  });

  it('drops empty values at update and keeps what comes back masked', async () => {
    const id = await configure({ userRealmLimit: '3', password: 'geheim', unheard: 'of' });
    expect(await read(id)).toEqual({ userRealmLimit: '3', password: '**********', unheard: '**********' });
    await fixture.configs.update(REALM_ID, id, {
      values: { userRealmLimit: '', password: '**********', unheard: 'changed', never: '**********' },
    });
    expect(fixture.store.configs.get(id)?.values).toEqual({ password: 'geheim', unheard: 'changed' });
  });

  it('is taken by a step that declares none, and by built-in flows', async () => {
    await fixture.installBuiltIns();
    const cookie = [...fixture.store.executions.values()].find((row) => row.authenticator === 'auth-cookie');
    const id = await fixture.configs.configure(REALM_ID, cookie?.id ?? '', { alias: 'any', values: { a: 'b' } });
    expect((await fixture.executions.get(REALM_ID, cookie?.id ?? '')).config?.id).toBe(id);
  });

  it.each([
    [{ values: {} }, 'Failed to create authentication execution configuration with empty alias name'],
    [{ alias: 'taken' }, 'Authentication execution configuration taken already exists'],
    [{ alias: 'a,b' }, "Character ',' not allowed."],
  ])('%j is refused', async (input, message) => {
    await fixture.configs.create(REALM_ID, { alias: 'taken' });
    await expect(fixture.configs.configure(REALM_ID, limiter, input)).rejects.toThrow(message);
    await expect(fixture.configs.create(REALM_ID, input)).rejects.toThrow(message);
  });

  it('of an unknown execution is refused', async () => {
    await expect(fixture.configs.configure(REALM_ID, 'nope', { alias: 'z' })).rejects.toThrow('Illegal execution');
  });
});
