import { parseArgs } from 'node:util';
import { alignedTable, thousands } from '../../src/proof/figures.js';
import { DATABASES, soakOn, type DatabaseName, type SoakPace } from './soak-on.js';
import type { Soaked } from './soaking.js';

const FAULT_MS = 4000;
const RECOVERED_WITHIN_MS = 30_000;
/** Most of calm between two faults. */
const CALM_MS = 120_000;

export interface SoakOptions {
  /** Of all databases together. */
  readonly minutes: number;
  readonly users: number;
  readonly databases: readonly DatabaseName[];
}

/** @throws TypeError for an option that does not exist, a database that is none, or a number that is none */
export function readOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '60' },
      users: { type: 'string', default: '200' },
      database: { type: 'string', multiple: true, default: [...DATABASES] },
    },
  });
  const databases = values.database.map((name) => {
    const database = DATABASES.find((each) => each === name);
    if (!database) throw new TypeError(`--database takes ${DATABASES.join(' and ')}: ${name}`);
    return database;
  });
  const [minutes, users] = [Number(values.minutes), Number(values.users)];
  if (!(minutes > 0 && Number.isFinite(minutes)))
    throw new TypeError(`--minutes takes a number above 0: ${values.minutes}`);
  if (!(Number.isInteger(users) && users > 0))
    throw new TypeError(`--users takes a whole number above 0: ${values.users}`);
  return { minutes, users, databases };
}

/** Soaks one database after the other and prints a table; true when nothing was violated. */
export async function soak({ minutes, users, databases }: SoakOptions): Promise<boolean> {
  const milliseconds = (minutes * 60_000) / databases.length;
  const pace: SoakPace = {
    milliseconds,
    // There are up to four faults, and calm on both sides of each.
    calm: { milliseconds: Math.min(CALM_MS, milliseconds / 5), requests: 1 },
    users,
    recoveredWithinMs: RECOVERED_WITHIN_MS,
    faultMs: FAULT_MS,
  };
  const rows: string[][] = [];
  let holds = true;
  for (const database of databases) {
    const say = (line: string): void => console.error(`${database}: ${line}`);
    const soaked = await soakOn(database, pace, say);
    soaked.violations.forEach(say);
    holds &&= soaked.violations.length === 0;
    rows.push(inWords(database, soaked));
  }
  console.log(alignedTable(HEAD, rows));
  return holds;
}

const HEAD = ['database', 'load', 'requests', 'acknowledged', 'faults', 'failed in faults', 'memory MiB', 'violations'];

const inWords = (database: string, { perSecond, requests, acknowledged, faults, ...rest }: Soaked): string[] => [
  database,
  `${perSecond.toFixed(0)}/s`,
  thousands(requests),
  thousands(acknowledged),
  String(faults.length),
  thousands(faults.reduce((sum, { failed }) => sum + failed, 0)),
  `${rest.memory.first.toFixed(0)}, at the end ${rest.memory.last.toFixed(0)}`,
  String(rest.violations.length),
];
