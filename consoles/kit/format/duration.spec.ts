import { describe, expect, it } from 'vitest';
import { durationText, unitName, unitOf } from './duration.js';

describe('durations', () => {
  it.each([
    [0, 'minute'],
    [1800, 'minute'],
    [36_000, 'hour'],
    [2_592_000, 'day'],
    [90, 'second'],
    [5400, 'minute'],
  ] as const)('%i seconds are set in %ss', (seconds, unit) => {
    expect(unitOf(seconds)).toBe(unit);
  });

  it.each([
    [0, '0 sec'],
    [1800, '30 min'],
    [5400, '1 hr 30 min'],
    [2_592_000, '30 days'],
    [90_061, '1 day 1 hr'],
    [-5, '0 sec'],
  ])('%i seconds read %s', (seconds, text) => {
    expect(durationText(seconds, 'en')).toBe(text);
  });

  it('have names of units in every language', () => {
    expect(['en', 'de', 'es'].map((locale) => unitName('minute', locale))).toEqual(['minutes', 'Minuten', 'minutos']);
  });
});
