import { alignedTable, thousands } from '../../src/proof/figures.js';
import type { Measured } from '../measure.js';
import type { Plan } from './plans.js';
import type { Swept } from './sweep.js';

/** What was measured at one number of sessions. */
export interface Stage {
  readonly sessions: number;
  /** By name of the workload. */
  readonly work: ReadonlyMap<string, Measured>;
}

export interface Growth {
  readonly database: string;
  readonly stages: readonly Stage[];
  readonly plans: readonly Plan[];
  /** How many sessions were over at once, and how long that took. */
  readonly due: number;
  readonly swept: Swept;
}

/**
 * The page of one database: what each work costs at each number of sessions, and how the last compares with the first.
 * @param chart file of `growthChart`
 */
export function growthReport({ database, stages, plans, due, swept }: Growth, about: string, chart: string): string {
  const names = [...(stages[0]?.work.keys() ?? [])];
  const table = (figure: (measured: Measured) => number, digits: number): string =>
    alignedTable(
      ['work', ...stages.map(({ sessions }) => thousands(sessions)), 'last / first'],
      names.map((name) => {
        const figures = stages.map(({ work }) => figureOf(work.get(name), figure));
        const ratio = (figures.at(-1) ?? 0) / (figures[0] ?? 1);
        return [name, ...figures.map((each) => each.toFixed(digits)), ratio.toFixed(2)];
      }),
    );
  return `# Growth with the number of sessions, ${database}

${about}

## Processor time

CPU-ms for one request, of the server${database === 'PostgreSQL' ? ' and all processes of PostgreSQL' : ' (the database is part of it)'}.

${table(({ cpuMs, databaseCpuMs = 0 }) => cpuMs + databaseCpuMs, 2)}

![Processor time by number of sessions](${chart})

## Latency

p50 in ms:

${table(({ p50Ms }) => p50Ms, 1)}

p99 in ms:

${table(({ p99Ms }) => p99Ms, 1)}

## Sweeping

${thousands(due)} of ${thousands(stages.at(-1)?.sessions ?? 0)} sessions were over when the server started. All of them had ended ${swept.seconds.toFixed(1)} s later (the
sweeper looks every 30 s), while ${thousands(swept.logins)} people logged in one after the other: p50 ${swept.loginP50Ms.toFixed(1)} ms, p99 ${swept.loginP99Ms.toFixed(1)} ms.

## Query plans

At ${thousands(stages.at(-1)?.sessions ?? 0)} sessions, in the words of the database.

${plans.map(planText).join('\n\n')}
`;
}

const planText = ({ name, statements }: Plan): string =>
  [`**${name}**`, '', '```', statements.map((lines) => lines.join('\n')).join('\n--\n'), '```'].join('\n');

const figureOf = (measured: Measured | undefined, figure: (measured: Measured) => number): number =>
  measured === undefined ? Number.NaN : figure(measured);
