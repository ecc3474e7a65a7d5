import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FlowFixture, REALM_ID } from '../../test/support/flow-fixture.js';
import { flowByAlias } from './flow-catalog.js';
import { FlowResolution } from './flow-resolution.js';

let fixture: FlowFixture;
beforeEach(() => {
  fixture = new FlowFixture();
});

async function flowOfNewRealm(): Promise<string> {
  await fixture.installBuiltIns();
  return flowByAlias(await fixture.store.catalog(REALM_ID), 'browser')?.id ?? '';
}

describe('running', () => {
  it('stores the version of a flow that has none yet, once', async () => {
    const id = await flowOfNewRealm();
    const [first, second] = await Promise.all([
      fixture.compiled.running(REALM_ID, id),
      fixture.compiled.running(REALM_ID, id),
    ]);
    expect(first?.definition.alias).toBe('browser');
    expect(second?.hash).toBe(first?.hash);
    expect(fixture.store.versions.size).toBe(1);
    expect(fixture.store.flows.get(id)?.runningHash).toBe(first?.hash);
  });

  it('knows nothing of unknown flows', async () => {
    await flowOfNewRealm();
    expect(await fixture.compiled.running(REALM_ID, 'nope')).toBeUndefined();
    expect(await fixture.compiled.running('another realm', [...fixture.store.flows.keys()][0] ?? '')).toBeUndefined();
  });

  it('stores the running version anew when the compiler has changed since', async () => {
    const id = await fixture.makeFlow('mine');
    await fixture.addRequired('mine', 'auth-otp-form');
    const flow = fixture.store.flows.get(id);
    const version = await fixture.store.version(REALM_ID, flow?.runningHash ?? '');
    await fixture.unitOfWork.run(async () => {
      if (version) await fixture.store.saveVersion({ ...version, hash: 'made by an older compiler' });
      if (flow) await fixture.store.updateFlow({ ...flow, runningHash: 'made by an older compiler' });
    });
    expect(await fixture.compiled.byHash(REALM_ID, 'made by an older compiler')).toBeUndefined();
    expect((await fixture.compiled.running(REALM_ID, id))?.hash).toBe(version?.hash);
    expect(fixture.store.flows.get(id)?.runningHash).toBe(version?.hash);
  });
});

describe('byHash', () => {
  it('loads and compiles a version once, however many ask at the same time', async () => {
    const id = await fixture.makeFlow('mine');
    const hash = fixture.store.flows.get(id)?.runningHash ?? '';
    fixture.store.versionReads = 0;
    const compiled = await Promise.all(Array.from({ length: 10 }, () => fixture.compiled.byHash(REALM_ID, hash)));
    expect(new Set(compiled).size).toBe(1);
    expect(compiled[0]?.hash).toBe(hash);
    await fixture.compiled.byHash(REALM_ID, hash);
    expect(fixture.store.versionReads).toBe(1);
  });

  it('keeps realms apart and does not remember what is missing', async () => {
    const id = await fixture.makeFlow('mine');
    const hash = fixture.store.flows.get(id)?.runningHash ?? '';
    await fixture.compiled.byHash(REALM_ID, hash);
    expect(await fixture.compiled.byHash('another realm', hash)).toBeUndefined();
    expect(await fixture.compiled.byHash(REALM_ID, 'unknown')).toBeUndefined();
  });
});

describe('the flow of a login', () => {
  it.each([
    { overrides: {}, expected: 'realm', told: 0 },
    { overrides: { browser: 'own' }, expected: 'own', told: 0 },
    { overrides: { direct_grant: 'own' }, expected: 'realm', told: 0 },
    { overrides: { browser: 'gone' }, expected: 'realm', told: 1 },
  ])('with overrides $overrides is the flow $expected', async ({ overrides, expected, told }) => {
    const own = await fixture.makeFlow('own');
    const ids: Record<string, string> = { own, gone: 'gone' };
    const flowOverrides = Object.fromEntries(Object.entries(overrides).map(([key, name]) => [key, ids[name] ?? name]));
    const onDangling = vi.fn();
    const resolution = new FlowResolution(fixture.store, onDangling);
    const realm = { id: REALM_ID, bindings: { browserFlow: 'realm' } };
    const resolved = await resolution.resolve(realm, { clientId: 'app', flowOverrides }, 'browser');
    expect(resolved).toBe(ids[expected] ?? expected);
    expect(onDangling).toHaveBeenCalledTimes(told);
  });
});
