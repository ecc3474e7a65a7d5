import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filesWith, sessionBirths, type Birth } from './session-births.js';
import { CLOSED_DOORS, SESSION_DOORS, type DoorTest } from './session-doors.js';

const named = ({ door, through }: Birth): string => `${door} through ${through}`;

describe('Every door to a session', () => {
  it('has a row, and every row a door', () => {
    expect(sessionBirths().map(named).sort()).toEqual(SESSION_DOORS.map(named).sort());
  });

  it('leads through the store: nothing else writes sessions', () => {
    expect(filesWith(/INTO (user|client)_session\b|insertInto\('(user|client)_session'/)).toEqual([
      'persistence/user-session.rows.ts',
    ]);
    expect(filesWith(/\bINSERT_(CLIENT_)?SESSION\b/)).toEqual([
      'persistence/user-session.persistence.ts',
      'persistence/user-session.rows.ts',
    ]);
    // An ended session never returns.
    expect(filesWith(/SET [^;`]*ended_at = NULL/i)).toEqual([]);
  });

  it.each([...SESSION_DOORS, ...CLOSED_DOORS].map(({ way, tests }) => [way, tests] as const))(
    'has a test with the cap on: %s',
    (_way, tests: readonly DoorTest[]) => {
      expect(tests.length).toBeGreaterThan(0);
      for (const { file, title } of tests) {
        const titles = readFileSync(`test/${file}`, 'utf8').matchAll(/(['"])((?:(?!\1).)+)\1,\s*(?:async )?\(/g);
        expect([...titles].map(([, , found]) => found)).toContain(title);
      }
    },
  );
});
