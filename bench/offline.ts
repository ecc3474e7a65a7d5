import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alignedTable, quantile } from '../src/proof/figures.js';
import { httpRequest, keepAlive, textOf } from '../src/proof/http-request.js';
import { ServerProcess, type ServerOptions } from '../test/support/server-process.js';
import { cpuMilliseconds } from './process-figures.js';

/** What the command line says. */
export interface OfflineOptions {
  /** Offline sessions that are measured; as many again warm the server up. */
  readonly sessions: number;
  /** Another server program than the project's build. */
  readonly program?: string;
}

/** @throws TypeError for an option that does not exist, or that is no number */
export function readOfflineOptions(args: readonly string[]): OfflineOptions {
  const options = { sessions: { type: 'string', default: '500' }, program: { type: 'string' } } as const;
  const { sessions, program } = parseArgs({ args: [...args], options }).values;
  const count = Number(sessions);
  if (!Number.isInteger(count) || count < 1) throw new TypeError(`--sessions takes whole numbers from 1: ${sessions}`);
  return { sessions: count, ...(program === undefined ? {} : { program }) };
}

/** How much more the first refresh may cost. Processor time of one process swings by some percent. */
const TOLERANCE = 1.3;
const REALM = 'offline';
const SERVICE = { client_id: 'service', client_secret: 'service-secret' } as const;

interface Pass {
  /** Server CPU-milliseconds for one refresh. */
  readonly cpuMs: number;
  readonly latencies: readonly number[];
}

/** Measures and prints; true when no first refresh costs more than the second, whatever the preload setting says. */
export async function benchOffline({ sessions, program }: OfflineOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-offline-'));
  const settings = {
    SLUICE_DATABASE_URL: `sqlite:${join(folder, 'offline.sqlite')}`,
    // The port changes with every start, and tokens name their issuer.
    SLUICE_PUBLIC_URL: 'http://offline.test',
  };
  const options: ServerOptions = { settings, ...(program === undefined ? {} : { program }) };
  try {
    const tokens = await offlineTokens(options, folder, 2 * sessions);
    const [warmUp, measured] = [tokens.slice(0, sessions), tokens.slice(sessions)];
    const rows: string[][] = [];
    let flat = true;
    for (const preload of ['false', 'true']) {
      const restarted = { ...options, settings: { ...settings, SLUICE_PRELOAD_OFFLINE_SESSIONS: preload } };
      const { startMs, first, second } = await afterRestart(restarted, warmUp, measured);
      flat &&= first.cpuMs <= second.cpuMs * TOLERANCE;
      rows.push([preload, startMs.toFixed(0), ...cells(first), ...cells(second)]);
    }
    const head = [
      'preload',
      'start ms',
      '1st CPU-ms',
      '1st p50 ms',
      '1st p99 ms',
      '2nd CPU-ms',
      '2nd p50 ms',
      '2nd p99 ms',
    ];
    console.log(`${sessions} offline sessions, each refreshed twice after a restart\n\n${alignedTable(head, rows)}`);
    if (!flat) console.error(`The first refresh costs more than ${TOLERANCE} times the second.`);
    return flat;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const cells = ({ cpuMs, latencies }: Pass): readonly string[] => [
  cpuMs.toFixed(2),
  quantile(latencies, 0.5).toFixed(2),
  quantile(latencies, 0.99).toFixed(2),
];

/** Opens offline sessions of a service account, which needs no password hash. */
async function offlineTokens(options: ServerOptions, folder: string, count: number): Promise<readonly string[]> {
  const file = join(folder, 'realm.json');
  await writeFile(file, JSON.stringify(REALM_FILE));
  const server = await ServerProcess.start({ ...options, settings: { ...options.settings, SLUICE_IMPORT: file } });
  const agent = keepAlive(1);
  try {
    const tokens: string[] = [];
    const form = { grant_type: 'client_credentials', scope: 'offline_access' };
    while (tokens.length < count) tokens.push(await refreshTokenOf(agent, server, form));
    return tokens;
  } finally {
    agent.destroy();
    await server.stop();
  }
}

/** Other offline sessions go first: what is measured is the session's own first time, not the program's. */
async function afterRestart(
  options: ServerOptions,
  warmUp: readonly string[],
  measured: readonly string[],
): Promise<{ readonly startMs: number; readonly first: Pass; readonly second: Pass }> {
  const before = performance.now();
  const server = await ServerProcess.start(options);
  const startMs = performance.now() - before;
  const agent = keepAlive(1);
  try {
    await refreshAll(agent, server, warmUp);
    const first = await refreshAll(agent, server, measured);
    const second = await refreshAll(agent, server, measured);
    return { startMs, first, second };
  } finally {
    agent.destroy();
    await server.stop();
  }
}

async function refreshAll(agent: Agent, server: ServerProcess, tokens: readonly string[]): Promise<Pass> {
  const latencies: number[] = [];
  const before = cpuMilliseconds(server.pid);
  for (const token of tokens) {
    const start = performance.now();
    await refreshTokenOf(agent, server, { grant_type: 'refresh_token', refresh_token: token });
    latencies.push(performance.now() - start);
  }
  return { cpuMs: (cpuMilliseconds(server.pid) - before) / tokens.length, latencies };
}

/** @throws Error when the server gives none */
async function refreshTokenOf(
  agent: Agent,
  { url }: ServerProcess,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const endpoint = `${url}/realms/${REALM}/protocol/openid-connect/token`;
  const answer = await httpRequest(agent, 'POST', endpoint, { form: { ...SERVICE, ...form } });
  const token = textOf(answer, 'refresh_token');
  if (token === '') throw new Error(`No refresh token: ${answer.status} ${answer.body}`);
  return token;
}

const REALM_FILE = {
  realm: REALM,
  enabled: true,
  clients: [
    {
      clientId: SERVICE.client_id,
      secret: SERVICE.client_secret,
      enabled: true,
      publicClient: false,
      serviceAccountsEnabled: true,
      attributes: { 'client_credentials.use_refresh_token': 'true' },
    },
  ],
  users: [
    {
      username: `service-account-${SERVICE.client_id}`,
      enabled: true,
      serviceAccountClientId: SERVICE.client_id,
      realmRoles: ['offline_access'],
    },
  ],
};
