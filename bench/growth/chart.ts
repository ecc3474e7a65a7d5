import { thousands } from '../../src/proof/figures.js';
import { lineChart } from '../charts/line-chart.js';
import type { Growth } from './report.js';

/** What issue 6 asks to be flat: name of the workload, and what the chart calls it. */
const SHOWN: readonly (readonly [RegExp, string])[] = [
  [/^page of 20 of a client$/, 'list of a client'],
  [/^count of a client$/, 'count of a client'],
  [/^statistics/, 'statistics'],
  [/^refresh$/, 'refresh'],
  [/^password grant through the limiter/, 'limited login'],
];

/** Processor time by number of sessions: a flat line is a cost that does not grow. */
export function growthChart({ database, stages }: Pick<Growth, 'database' | 'stages'>): string {
  const names = [...(stages[0]?.work.keys() ?? [])];
  const series = SHOWN.flatMap(([pattern, name]) => {
    const workload = names.find((each) => pattern.test(each));
    if (workload === undefined) return [];
    const figures = stages.map(({ work }) => {
      const measured = work.get(workload);
      return measured && measured.cpuMs + (measured.databaseCpuMs ?? 0);
    });
    return [{ name, figures }];
  });
  return lineChart(
    `What a request costs by number of sessions, ${database}`,
    { across: 'sessions of the realm', up: 'CPU-ms of server and database' },
    stages.map(({ sessions }) => thousands(sessions)),
    series,
  );
}
