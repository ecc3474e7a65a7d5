import { describe, expect, it } from 'vitest';
import { FULL_SIZE } from '../../../bench/admin/realm-file.js';
import { readOptions } from '../../../bench/consoles/consoles.js';
import { consolesReport, type ConsolesRun } from '../../../bench/consoles/report.js';
import type { Timing } from '../../../bench/consoles/timing.js';

const timing = (ms: number): Timing => ({
  ms,
  requests: 2,
  slowestAnswerMs: 40,
  bytes: 5_800,
  longestTaskMs: 0,
  slowestFrameMs: 21,
});
const run = (emptyMs: readonly number[], nextMs: number): ConsolesRun => ({
  database: 'SQLite',
  size: FULL_SIZE,
  ownSessions: 5_000,
  loads: [{ console: 'admin console', emptyMs, filledMs: [400], files: 16, bytes: 195_700 }],
  lists: [
    { name: 'users', rows: 20, opened: timing(900), next: timing(nextMs) },
    { name: 'sessions of a user', rows: 10, opened: timing(100) },
  ],
  flow: { opened: timing(1), walked: timing(2), changed: timing(3), proved: timing(4), moved: timing(5) },
});

describe('The bench of the consoles', () => {
  it('says which page keeps within its bounds and which does not', () => {
    const good = consolesReport(run([1500, 800, 999], 299), 'About');
    expect(good).toContain('Every console is there within 1,000 ms.');
    expect(good).toContain('Every next page is there within 300 ms.');
    expect(good).toContain('10,000 users, 100,000 sessions');
    expect(good).toMatch(/\| users +\| 299 +\| 2 +\| 40 +\| 5\.8 +\| - +\| 21 +\|/);
    expect(good).not.toMatch(/\| sessions of a user +\| \d+ +\| 2 +\|/);
    const slow = consolesReport(run([1500, 800, 1000], 300), 'About');
    expect(slow).toContain('Over 1,000 ms: admin console.');
    expect(slow).toContain('Next pages of 300 ms or more: users.');
  });

  it('refuses options that make no sense', () => {
    expect(readOptions(['--database', 'postgres', '--users', '20', '--dry'])).toEqual({
      databases: ['postgres'],
      users: 20,
      dry: true,
    });
    for (const users of ['0', '15', 'many']) expect(() => readOptions(['--users', users])).toThrow(RangeError);
    expect(() => readOptions(['--database', 'oracle'])).toThrow(RangeError);
  });
});
