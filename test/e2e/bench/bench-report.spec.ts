import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../bench/bench.js';
import type { BenchRun } from '../../../bench/bench-run.js';
import { costCharts } from '../../../bench/cost-charts.js';
import { costsOf, type DeploymentCosts } from '../../../bench/costs.js';
import { DEPLOYMENTS } from '../../../bench/deployments.js';
import { growthChart } from '../../../bench/growth/chart.js';
import { report } from '../../../bench/report.js';
import { CROWDED_WORKLOADS, WORKLOADS } from '../../../bench/workloads.js';

const ALL = [...WORKLOADS, ...CROWDED_WORKLOADS];

/** A run in which a hash costs twice what it does on Keycloak's machine, the server 3 times its floor. */
const run = (floorMs: number): BenchRun => ({
  firstStartMs: 2000,
  startMs: 1000,
  idleMib: 150,
  loadedMib: 180,
  hashMs: 12.74,
  work: new Map(
    ALL.map(({ name }) => {
      const rest = { perSecond: 100, p50Ms: 5, p99Ms: 9 };
      return [
        name,
        { server: { cpuMs: 2 * floorMs, databaseCpuMs: floorMs, ...rest }, floor: { cpuMs: floorMs, ...rest } },
      ];
    }),
  ),
});

const costs = (): DeploymentCosts[] => [
  { name: 'postgres', deployment: DEPLOYMENTS.postgres, ...costsOf([run(2), run(1), run(3)], '') },
];

describe('The report of the bench', () => {
  it('takes medians, scales them by the bare hash, and sets them against both yardsticks', () => {
    const introspection = costs()[0]!.work.find(({ work }) => work === 'introspection')!;
    expect(introspection).toMatchObject({ serverMs: 4, databaseMs: 2, totalMs: 6, floorMs: 2, timesFloor: 3 });
    expect(introspection.scaledMs).toBeCloseTo(3);
    expect(introspection.keycloak?.timesLess).toBeCloseTo(0.86 / 3);
  });

  it('is a page with a table of every work, and charts that can be drawn', () => {
    const charts = costCharts(costs());
    expect([...charts.keys()]).toEqual(['postgres', 'own-sessions']);
    const about = { date: '2026-01-01', machine: 'a machine', runs: 3, seconds: 5, load: '10 logins' };
    const text = report(costs(), about, (chart) => `${chart}.svg`);
    for (const { name } of ALL) expect(text).toContain(`| ${name} `);
    expect(text).toContain(`${ALL.length} of ${ALL.length} are above 1.5 times their floor.`);
    expect(text).toContain('![Costs on PostgreSQL](postgres.svg)');
    expect(text).toContain('![Logins by own sessions](own-sessions.svg)');

    const drawn = charts.get('postgres') ?? '';
    expect(drawn.match(/<circle /g)).toHaveLength(3 * ALL.length + 3);
    for (const svg of charts.values()) {
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      // Every mark lies on the drawing.
      for (const [, x] of svg.matchAll(/ cx="([^"]+)"/g)) expect(Number(x)).toBeLessThanOrEqual(1000);
    }
  });

  it('draws growth, of which a flat line says that there is none', () => {
    const measured = { cpuMs: 4, databaseCpuMs: 1, perSecond: 1, p50Ms: 1, p99Ms: 1 };
    const stages = [10_000, 1_000_000].map((sessions) => ({ sessions, work: new Map([['refresh', measured]]) }));
    const svg = growthChart({ database: 'SQLite', stages });
    const [, from, to] = / points="[^,]+,(\S+) [^,]+,([^"]+)"/.exec(svg) ?? [];
    expect(from).toMatch(/^\d/);
    expect(to).toBe(from);
    expect(svg).toContain('>1,000,000<');
  });

  it('refuses options that make no sense', () => {
    expect(readOptions(['--deployment', 'sqlite', '--minutes', '10', '--dry'])).toMatchObject({
      deployments: ['sqlite'],
      load: { seconds: 600 },
      dry: true,
    });
    expect(readOptions([])).toMatchObject({ deployments: Object.keys(DEPLOYMENTS), load: { times: 10_000 } });
    expect(() => readOptions(['--deployment', 'oracle'])).toThrow(RangeError);
    expect(() => readOptions(['--seconds', '0'])).toThrow(RangeError);
    expect(() => readOptions(['--runs', 'many'])).toThrow(RangeError);
  });
});
