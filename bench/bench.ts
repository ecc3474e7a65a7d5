import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { thousands } from '../src/proof/figures.js';
import { benchRun, type BenchRun, type RunOptions } from './bench-run.js';
import { costCharts } from './cost-charts.js';
import { costsOf, type DeploymentCosts } from './costs.js';
import { deploymentNamed, DEPLOYMENTS, type DeploymentName } from './deployments.js';
import { publish } from './place.js';
import { report } from './report.js';

export interface BenchOptions extends RunOptions {
  readonly deployments: readonly DeploymentName[];
  readonly runs: number;
  /** Prints the report instead of writing it. */
  readonly dry: boolean;
}

/**
 * @throws TypeError for an option that does not exist
 * @throws RangeError for a deployment that is not known, or a number that is none above 0
 */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      deployment: { type: 'string', multiple: true, default: Object.keys(DEPLOYMENTS) },
      runs: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      logins: { type: 'string', default: '10000' },
      minutes: { type: 'string' },
      only: { type: 'string', default: '' },
      dry: { type: 'boolean', default: false },
      'node-option': { type: 'string', multiple: true, default: [] },
      program: { type: 'string' },
    },
  });
  return {
    deployments: values.deployment.map(deploymentNamed),
    runs: positive('runs', values.runs),
    seconds: positive('seconds', values.seconds),
    load:
      values.minutes === undefined
        ? { times: positive('logins', values.logins) }
        : { seconds: 60 * positive('minutes', values.minutes) },
    only: values.only,
    dry: values.dry,
    nodeOptions: values['node-option'],
    ...(values.program === undefined ? {} : { program: values.program }),
  };
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`--${option} must be a number above 0: ${text}`);
}

/** Measures, and writes `bench/results/<date>-costs.md` with its charts. */
export async function bench(options: BenchOptions): Promise<void> {
  const [load = 0] = loadavg();
  const costs: DeploymentCosts[] = [];
  for (const name of options.deployments) {
    const deployment = DEPLOYMENTS[name];
    const runs: BenchRun[] = [];
    for (let run = 1; run <= options.runs; run++) {
      console.error(`${deployment.title}, run ${run} of ${options.runs}`);
      runs.push(await benchRun(deployment, options));
    }
    costs.push({ name, deployment, ...costsOf(runs, options.only) });
  }
  const page = `${new Date().toISOString().slice(0, 10)}-costs`;
  const charts = costCharts(costs);
  const fileOf = (chart: string): string => `${page}-${chart}.svg`;
  const text = report(costs, circumstances(options, load), (chart) => (charts.has(chart) ? fileOf(chart) : undefined));
  await publish(
    page,
    { text, charts: new Map([...charts].map(([name, drawn]) => [fileOf(name), drawn])) },
    options.dry,
  );
}

const circumstances = ({ runs, seconds, load }: BenchOptions, loadBefore: number) => ({
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}. Load average before: ${loadBefore.toFixed(1)}.`,
  runs,
  seconds,
  load: 'times' in load ? `${thousands(load.times)} logins` : `${load.seconds / 60} minutes of logins`,
});
