import { describe, expect, it } from 'vitest';
import { acrName } from './acr-names.js';

const MAP = JSON.stringify({ bronze: 1, silver: '2', gold: 3 });

describe('the acr of a login', () => {
  it.each<[string, number, readonly string[], Record<string, string>, Record<string, string>, string]>([
    ['is the level where nothing is named', 1, ['gold'], {}, {}, '1'],
    ['is the name of the level', 2, [], { 'acr.loa.map': MAP }, {}, 'silver'],
    ['is named by the realm where the client names none', 1, [], {}, { 'acr.loa.map': MAP }, 'bronze'],
    ['is named by the client before the realm', 1, [], { 'acr.loa.map': '{"low":1}' }, { 'acr.loa.map': MAP }, 'low'],
    ['is one that was asked for, if it was reached', 3, ['silver'], { 'acr.loa.map': MAP }, {}, 'silver'],
    ['is not one that was asked for and not reached', 1, ['gold'], { 'acr.loa.map': MAP }, {}, 'bronze'],
    [
      'is one of the client defaults',
      3,
      [],
      { 'acr.loa.map': MAP, 'default.acr.values': 'bronze##silver' },
      {},
      'silver',
    ],
    ['takes numbers for names', 2, ['1'], { 'acr.loa.map': MAP }, {}, '1'],
    ['has no name at level 0', 0, [], { 'acr.loa.map': '{"none":0}' }, {}, '0'],
    ['ignores a map that is none', 1, [], { 'acr.loa.map': '[1]' }, { 'acr.loa.map': '{' }, '1'],
  ])('%s', (_what, level, asked, client, realm, expected) => {
    expect(acrName(level, asked, { attributes: client }, { attributes: realm })).toBe(expected);
  });
});
