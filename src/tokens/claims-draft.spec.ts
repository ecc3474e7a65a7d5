import { describe, expect, it } from 'vitest';
import { ClaimsDraft } from './claims-draft.js';
import { claimPath, convert, writeClaim } from './protocol-mappers/claim-value.js';

describe('ClaimsDraft', () => {
  it('nests and keeps what is there', () => {
    const draft = new ClaimsDraft();
    draft.set(['a', 'b'], 1);
    draft.set(['a', 'c'], 2);
    draft.addAll(['a', 'list'], ['x']);
    draft.addAll(['a', 'list'], ['x', 'y']);
    expect(draft.finish()).toEqual({ a: { b: 1, c: 2, list: ['x', 'y'] } });
  });

  it.each(['iss', 'exp', 'typ', 'azp', 'sid', 'sub', 'aud', 'scope'])('does not let a mapper write %s', (name) => {
    const draft = new ClaimsDraft();
    draft.set([name], 'x');
    draft.set([name, 'y'], 'x');
    expect(draft.finish()).toEqual({});
  });

  it('does not reach the prototype of objects', () => {
    const draft = new ClaimsDraft();
    draft.set(['__proto__', 'polluted'], true);
    draft.set(['constructor', 'prototype', 'polluted'], true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('writes one audience as a string and several as a list', () => {
    const draft = new ClaimsDraft();
    draft.addAudience('a');
    expect(draft.finish()).toEqual({ aud: 'a' });
    draft.addAudience('b');
    draft.addAudience('a');
    expect(draft.finish()).toEqual({ aud: ['a', 'b'] });
  });
});

describe('claim values', () => {
  it.each([
    ['a.b', ['a', 'b']],
    ['a\\.b.c', ['a.b', 'c']],
    ['resource_access.${client_id}.roles', ['resource_access', 'my.app', 'roles']],
    ['', []],
  ])('splits the claim name "%s"', (name, path) => {
    expect(claimPath({ 'claim.name': name }, 'my.app')).toEqual(path);
  });

  it.each([
    ['x', 'String', 'x'],
    ['TRUE', 'boolean', true],
    ['no', 'boolean', false],
    ['12', 'long', 12],
    ['x', 'int', undefined],
    ['{"a":[1]}', 'JSON', { a: [1] }],
    ['{', 'JSON', undefined],
    ['x', undefined, 'x'],
  ])('reads "%s" as %s', (text, type, value) => {
    expect(convert(text, type)).toEqual(value);
  });

  it('writes all values of a multivalued mapper, the first of others, nothing when there is none', () => {
    const write = (config: Record<string, string>, values: readonly string[]) => {
      const draft = new ClaimsDraft();
      writeClaim(draft, { 'claim.name': 'c', ...config }, values);
      return draft.finish();
    };
    expect(write({ multivalued: 'true' }, ['a', 'b'])).toEqual({ c: ['a', 'b'] });
    expect(write({}, ['a', 'b'])).toEqual({ c: 'a' });
    expect(write({ 'jsonType.label': 'long' }, ['x'])).toEqual({});
  });
});
