import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { NODE_OPTIONS, nodeEnvironment } from '../shared/node-process.js';
import type { AdminCredentials } from './administrator.js';

const READY_WITHIN_MS = 120_000;
const STOPPED_WITHIN_MS = 15_000;
const KEPT_LINES = 200;

/** What a server is started with. */
export interface ServerOptions {
  /** Settings of the server, as environment variables. */
  readonly settings: Readonly<Record<string, string>>;
  /** File of the program: `main.js` of the build, or of a copy that was broken on purpose. */
  readonly program: string;
  /** The program listens for messages of this one, and answers each. */
  readonly takesMessages?: boolean;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
  /** What a terminal tells its programs (Ctrl-C) does not reach the server: whoever started it ends it. */
  readonly shielded?: boolean;
}

/** A real server as a child process on a free port of 127.0.0.1. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** The first administrator, where its database was empty. */
    readonly admin: AdminCredentials,
    /** Where it listens: `http://127.0.0.1:<port>`. */
    readonly url: string,
    /** The last lines of its log. */
    readonly log: readonly string[],
  ) {}

  /**
   * Starts a server and waits until it listens.
   * @throws Error with the end of its log when it ends before, or is not ready within two minutes
   */
  static async start({
    settings,
    program,
    nodeOptions = [],
    takesMessages = false,
    shielded = false,
  }: ServerOptions): Promise<ServerProcess> {
    const environment: NodeJS.ProcessEnv = {
      ...withoutSettings(process.env),
      ...nodeEnvironment(process.env),
      ...DEFAULTS,
      ...settings,
    };
    const child = spawn(process.execPath, [...NODE_OPTIONS, ...nodeOptions, program], {
      stdio: ['ignore', 'pipe', 'pipe', ...(takesMessages ? ['ipc' as const] : [])],
      env: environment,
      detached: shielded,
    });
    endWithThisProcess(child);
    const log: string[] = [];
    const keep = (line: string): void => {
      log.push(line);
      if (log.length > KEPT_LINES) log.shift();
    };
    if (child.stderr) createInterface({ input: child.stderr }).on('line', keep);
    try {
      return new ServerProcess(child, adminOf(environment), await addressOf(child, keep), log);
    } catch (cause) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start:\n${log.slice(-20).join('\n')}`, { cause });
    }
  }

  /** Its process id. */
  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The server has no process');
    return this.child.pid;
  }

  /** Sends a message and waits for the answer. @throws Error with what it says, when that is no success */
  async tell(message: object): Promise<void> {
    const answered = once(this.child, 'message');
    this.child.send(message);
    const [answer] = (await answered) as [{ readonly done: boolean; readonly why?: string }];
    if (!answer.done) throw new Error(`The server could not do it: ${answer.why ?? ''}`);
  }

  /** Asks it to end and waits; gives its exit code, or undefined when it had to be killed. */
  async stop(): Promise<number | undefined> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode ?? undefined;
    const gone = once(this.child, 'exit');
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), STOPPED_WITHIN_MS);
    this.child.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    clearTimeout(impatience);
    return code ?? undefined;
  }

  /** Ends it as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

const DEFAULTS: Readonly<Record<string, string>> = {
  SLUICE_PORT: '0',
  SLUICE_LOG_LEVEL: 'info',
  SLUICE_BOOTSTRAP_ADMIN_USERNAME: 'admin',
  SLUICE_BOOTSTRAP_ADMIN_PASSWORD: 'admin',
};

const adminOf = (environment: NodeJS.ProcessEnv): AdminCredentials => ({
  name: environment['SLUICE_BOOTSTRAP_ADMIN_USERNAME'] ?? '',
  password: environment['SLUICE_BOOTSTRAP_ADMIN_PASSWORD'] ?? '',
});

/** A program that fails half-way leaves no server behind. */
function endWithThisProcess(child: ChildProcess): void {
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

/** The environment without what would configure a server by accident. */
const withoutSettings = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('SLUICE_')));

/** Reads the log until the line that tells the address. */
function addressOf(child: ChildProcess, keep: (line: string) => void): Promise<string> {
  const { stdout } = child;
  if (!stdout) throw new Error('The server has no standard output');
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => reject(new Error('Not ready within two minutes')), READY_WITHIN_MS);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`It ended with ${String(code)}`)));
    // Goes on reading after the address is known: a full pipe would stop the server.
    createInterface({ input: stdout }).on('line', (line) => {
      keep(line);
      const url = /"url":"(http[^"]+)".*"Sluice is ready"/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(impatience);
      resolve(url);
    });
  });
}
