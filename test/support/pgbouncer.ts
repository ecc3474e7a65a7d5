import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.js';

const UP_WITHIN_MS = 10_000;
const POLL_MS = 50;

/** A PgBouncer (Debian's package) in transaction mode between a server and its PostgreSQL. */
export class PgBouncer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** Address of the database through it. */
    readonly url: string,
  ) {}

  /** @throws Error when the program is not installed, or does not start */
  static async before(databaseUrl: string): Promise<PgBouncer> {
    const { hostname, port, pathname, username, password } = new URL(databaseUrl);
    const name = pathname.slice(1);
    const folder = await mkdtemp(join(tmpdir(), 'sluice-pgbouncer-'));
    await chmod(folder, 0o755);
    const own = await freePort();
    await writeFile(join(folder, 'users.txt'), `"${username}" "${password}"\n`);
    await writeFile(
      join(folder, 'pgbouncer.ini'),
      `[databases]
${name} = host=${hostname} port=${port} dbname=${name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
auth_type = plain
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
max_client_conn = 400
default_pool_size = 20
unix_socket_dir =
ignore_startup_parameters = extra_float_digits
`,
    );
    // It refuses to be root; the user is the one that PostgreSQL's package brings.
    const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
    const child = spawn('pgbouncer', [...user, join(folder, 'pgbouncer.ini')], { stdio: ['ignore', 'ignore', 'pipe'] });
    const log: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
    try {
      await Promise.race([failed, untilListening(own, child)]);
    } catch (cause) {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
      throw new Error(`PgBouncer did not start (is the package pgbouncer installed?): ${log.join('')}`, { cause });
    }
    failed.catch(() => undefined);
    return new PgBouncer(child, folder, `postgres://${username}:${password}@127.0.0.1:${own}/${name}`);
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + UP_WITHIN_MS;
  for (;;) {
    const socket = connect({ host: '127.0.0.1', port });
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (connected) return;
    if (child.exitCode !== null || performance.now() > until) throw new Error('It does not listen');
    await pause(POLL_MS);
  }
}
