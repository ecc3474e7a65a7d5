import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readSettings, type Settings } from '../../src/config/settings.js';
import { EventStore, type AuthEvent } from '../../src/events/auth-events.js';
import { RealmStore, type Realm } from '../../src/realm/realm.js';
import { UserStore, type User } from '../../src/realm/user.js';
import { createServer, type Server } from '../../src/server.js';
import { SessionService } from '../../src/sessions/session-service.js';
import { SessionStore, type SessionWithClients, type UserSession } from '../../src/sessions/user-session.js';
import { ManualClock } from '../../src/shared/clock.js';
import { startUp } from '../../src/start-up.js';

/** What a server under test is started with. */
export interface RunningServerOptions {
  /** A realm file to import at start, or realms to write into such files. */
  readonly realms: string | readonly object[];
  /** Further settings, as environment variables. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The administrator of master. */
export const ADMIN = { username: 'admin', password: 'admin-pw' } as const;

/** A class of the server, as its container knows it. */
type Token<T> = abstract new (...parts: never[]) => T;

/**
 * The whole server in this process: real HTTP on a free port of loopback, a SQLite file in a folder of its own, and a clock that
 * stands still until a test moves it. It can be stopped and started again on the same data and the same address.
 */
export class RunningServer {
  private constructor(
    private readonly folder: string,
    private readonly settings: Settings,
    /** The server's time; it begins with the present, so that other programs find its tokens valid. */
    readonly clock: ManualClock,
    private server: Server,
    /** `http://127.0.0.1:<port>` */
    readonly url: string,
  ) {}

  static async start({ realms, settings: more = {} }: RunningServerOptions): Promise<RunningServer> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-e2e-'));
    const settings = readSettings({
      SLUICE_PORT: '0',
      SLUICE_DATABASE_URL: `sqlite:${databaseIn(folder)}`,
      SLUICE_BOOTSTRAP_ADMIN_USERNAME: ADMIN.username,
      SLUICE_BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
      SLUICE_IMPORT: typeof realms === 'string' ? realms : await writeRealms(folder, realms),
      SLUICE_SQLITE_SYNCHRONOUS: 'NORMAL',
      ...more,
    });
    const clock = new ManualClock(Date.now());
    const { server, url } = await listen(settings, clock);
    return new RunningServer(folder, settings, clock, server, url);
  }

  /** Where its metrics and health details are. @throws Error when its settings ask for none */
  get managementUrl(): string {
    if (this.server.managementUrl === undefined) throw new Error('SLUICE_MANAGEMENT_PORT is not set');
    return this.server.managementUrl;
  }

  /** Path of the SQLite file. */
  get database(): string {
    return databaseIn(this.folder);
  }

  /** Stops the server and starts another one on the same database and port. */
  async restart(): Promise<void> {
    await this.server.close();
    const { server } = await listen({ ...this.settings, port: Number(new URL(this.url).port) }, this.clock);
    this.server = server;
  }

  /** Stops the server and forgets its data; calling it twice is fine. */
  async close(): Promise<void> {
    await this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A part of the server, to set a scene that no page leads to. */
  part<T>(token: Token<T>): T {
    return this.server.app.get<T>(token);
  }

  issuer(realm: string): string {
    return `${this.url}/realms/${realm}`;
  }

  /** @throws Error when there is no such realm */
  async realm(name: string): Promise<Realm> {
    const realm = await this.part(RealmStore).byName(name);
    if (!realm) throw new Error(`There is no realm ${name}`);
    return realm;
  }

  /** @throws Error when there is no such user */
  async user(realmName: string, username: string): Promise<User> {
    const { id } = await this.realm(realmName);
    const user = await this.part(UserStore).byUsername(id, username);
    if (!user) throw new Error(`There is no user ${username}`);
    return user;
  }

  /** Live online sessions of a user, oldest access first. */
  async sessions(realmName: string, username: string): Promise<readonly SessionWithClients[]> {
    const realm = await this.realm(realmName);
    const user = await this.user(realmName, username);
    return this.part(SessionService).ofUser(realm, user.id, false);
  }

  /** Ends the online sessions of a user, so that the next test begins without any. */
  async endSessions(realmName: string, username: string): Promise<void> {
    const { realmId, id } = await this.user(realmName, username);
    await this.part(SessionService).endAllOfUser(realmId, id, 'admin');
  }

  /** Every session the user ever had, ended ones too. */
  async history(realmName: string, username: string): Promise<readonly UserSession[]> {
    const user = await this.user(realmName, username);
    return this.part(SessionStore).history(user.realmId, user.id, 10_000);
  }

  /** Audit events of a realm, oldest first. */
  async events(realmName: string): Promise<readonly AuthEvent[]> {
    const { id } = await this.realm(realmName);
    return this.part(EventStore).list(id, { first: 0, max: 10_000, direction: 'asc' });
  }
}

const databaseIn = (folder: string): string => join(folder, 'data', 'sluice.sqlite');

async function listen(settings: Settings, clock: ManualClock): Promise<{ server: Server; url: string }> {
  const logger = pino({ level: 'silent' });
  const server = await createServer(settings, logger, clock);
  try {
    await startUp(server.app, settings, logger);
    await server.app.listen(settings.port, settings.host);
    return { server, url: await server.app.getUrl() };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function writeRealms(folder: string, realms: readonly object[]): Promise<string> {
  const file = join(folder, 'realms.json');
  await writeFile(file, JSON.stringify(realms));
  return file;
}
