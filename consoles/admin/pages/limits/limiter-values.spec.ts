import { describe, expect, it } from 'vitest';
import { areSame, capsOf, valuesOf } from './limiter-values.js';

const CAPS = { realmMax: '2', clientMax: '0', whenFull: 'Terminate oldest session', message: 'One at a time' } as const;

describe('the settings of a limiter', () => {
  it('are those of the form, and come back to it as they were', () => {
    expect(capsOf(valuesOf(CAPS, true))).toEqual(CAPS);
  });

  it('that are not there are no cap, a denial and the default message', () => {
    expect(capsOf({})).toEqual({ realmMax: '0', clientMax: '0', whenFull: 'Deny new session', message: '' });
  });

  it('are the same where each of them is', () => {
    expect(areSame(CAPS, { ...CAPS })).toBe(true);
    expect(areSame(CAPS, { ...CAPS, message: '' })).toBe(false);
  });
});
