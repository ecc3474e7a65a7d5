import { describe, expect, it } from 'vitest';
import { methodsOfClient } from './client-methods.js';
import { drivenIn, drivenMethods } from './driven-methods.js';
import { DRIVEN_RESOURCES } from './driven-resources.js';
import { NOT_DRIVEN } from './not-driven.js';

const methods = methodsOfClient();
const driven = drivenMethods();
const all = [...methods].flatMap(([resource, names]) => names.map((name) => `${resource}.${name}`));

describe('The official admin client', () => {
  it.each(DRIVEN_RESOURCES)('is driven with every method of %s', (resource) => {
    const names = methods.get(resource) ?? [];
    expect(names).not.toEqual([]);
    const missing = names
      .map((name) => `${resource}.${name}`)
      .filter((method) => !driven.has(method) && !(method in NOT_DRIVEN));
    expect(missing).toEqual([]);
  });

  it('has a reason only for methods that exist and that no test drives', () => {
    expect(Object.keys(NOT_DRIVEN).filter((method) => !all.includes(method) || driven.has(method))).toEqual([]);
  });

  it('shows its methods to reflection', () => {
    expect(methods.size).toBeGreaterThan(15);
    expect(methods.get('cache')).toEqual(['clearUserCache', 'clearKeysCache', 'clearCrlCache', 'clearRealmCache']);
  });
});

describe('A method counts as driven', () => {
  const test = (body: string): string => `it('works', async () => { ${body} });`;

  it.each([
    [
      'when a test calls it and expects something',
      test('expect(await admin.realms.find()).toEqual([]);'),
      ['realms.find'],
    ],
    [
      'inside the call that is expected to fail',
      test('await expect(admin.realms.del({})).rejects.toThrow();'),
      ['realms.del'],
    ],
    [
      'when it is expected to be refused',
      test("await refused(admin.realms.del({ realm: 'master' }), 400);"),
      ['realms.del'],
    ],
    [
      'in a table of tests',
      "it.each([1])('works', () => { expect(admin.cache.clearUserCache()); });",
      ['cache.clearUserCache'],
    ],
    ['not without an expectation', test('await admin.realms.find();'), []],
    ['not in a hook', 'beforeAll(async () => { expect(await admin.realms.find()).toEqual([]); });', []],
    ['not when it is only named', test('expect(admin.realms.find).toBeDefined();'), []],
  ])('%s', (_case, text, expected) => {
    expect(drivenIn('made-up.spec.ts', text).filter((method) => methods.has(method.split('.')[0]!))).toEqual(expected);
  });
});
