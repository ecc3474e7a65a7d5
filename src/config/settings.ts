import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength, validateSync } from 'class-validator';
import { InvalidInputError } from '../shared/errors.js';
import { readOpenedNetworks } from '../shared/opened-networks.js';
import { databaseProblems, DatabaseSettings, isPostgresUrl, OPTIONAL_DATABASE_MEMBERS } from './database-settings.js';
import { toNumber } from './to-number.js';

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/**
 * Every setting of the server. Each is an environment variable `SLUICE_<NAME>`; nothing else of the program reads the environment, but for
 * OpenTelemetry's own variables (`traces-settings.ts`).
 * `docs/settings.md` is made from `describeSettings`.
 */
export class Settings extends DatabaseSettings {
  /** Address to listen on. Anything but a loopback address needs SLUICE_PUBLIC_URL. */
  @IsString()
  @MinLength(1)
  host: string = '127.0.0.1';

  /** Port to listen on; 0 takes a free one. */
  @toNumber
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8080;

  /** Port for metrics (`/metrics`) and health details (`/health`), in plain HTTP and without a login; 0 takes a free one. Absent: neither is there. */
  @IsOptional()
  @toNumber
  @IsInt()
  @Min(0)
  @Max(65_535)
  managementPort?: number;

  /** Address on which SLUICE_MANAGEMENT_PORT listens. Whoever reaches it reads how much is going on, and nothing else. */
  @IsString()
  @MinLength(1)
  managementHost: string = '127.0.0.1';

  /** Address at which browsers and applications reach the server; the issuer of tokens begins with it. Absent: the Host header, on loopback only. */
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true, require_valid_protocol: true })
  publicUrl?: string;

  /** Path below which the server lives, e.g. `/auth`: every route, cookie and link stands under it. `/` is the root. */
  @Matches(/^\/([\w.~-]+(\/[\w.~-]+)*)?$/, { message: 'must be a path like /auth, without a slash at its end' })
  httpRelativePath: string = '/';

  /** File with the server's certificate and its chain (PEM). With it and SLUICE_TLS_KEY the server speaks https itself. */
  @IsOptional()
  @IsString()
  tlsCert?: string;

  /** File with the private key of SLUICE_TLS_CERT (PEM). */
  @IsOptional()
  @IsString()
  tlsKey?: string;

  /** File with the authorities (PEM) whose client certificates are believed. Callers may then show one; nobody has to. */
  @IsOptional()
  @IsString()
  tlsClientCa?: string;

  /** Header in which a trusted proxy hands on the client certificate it verified (`ssl-client-cert`, `client-cert` of RFC 9440). */
  @IsOptional()
  @Matches(/^[A-Za-z0-9-]+$/, { message: 'must be the name of a header' })
  tlsClientCertHeader?: string;

  /** Name of the first administrator, made when the database is empty. */
  @IsString()
  @MinLength(1)
  bootstrapAdminUsername: string = 'admin';

  /** Password of the first administrator. Absent: a random one, printed once. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  bootstrapAdminPassword?: string;

  /** Key that seals secrets in the database: 32 bytes as base64 or hex. Absent on SQLite: a key file beside the database. Required on PostgreSQL. */
  @IsOptional()
  @IsString()
  encryptionKey?: string;

  /** Keys of before, separated by commas: they open what they sealed until `sluice reseal` has sealed it anew. */
  @IsOptional()
  @IsString()
  encryptionKeyPrevious?: string;

  /** Realm file, or a folder of realm files, to import at start. Realms that exist are left alone. */
  @IsOptional()
  @IsString()
  import?: string;

  /** Server processes behind the one port: a number, or `auto` for one per processor. More than one needs PostgreSQL. */
  @Matches(/^(auto|[1-9]\d{0,2})$/, { message: 'must be a number of processes, or auto' })
  workers: string = '1';

  /** Seconds for which a stopping server goes on answering while its readiness is red, so that load balancers notice. */
  @toNumber
  @IsInt()
  @Min(0)
  @Max(600)
  shutdownDelay: number = 0;

  /** How much to log. */
  @IsIn(LOG_LEVELS)
  logLevel: (typeof LOG_LEVELS)[number] = 'info';

  /** Believe X-Forwarded-* headers of a proxy in front: `true`, or the proxy's addresses, separated by commas. */
  @IsOptional()
  @IsString()
  trustProxy?: string;

  /** Folder with a theme for the login pages: stylesheet, logo, messages, templates ([themes](themes.md)). */
  @IsOptional()
  @IsString()
  theme?: string;

  /** Folder of the built-in flows. */
  @IsOptional()
  @IsString()
  flows?: string;

  /** What may be bound: `normal` refuses flows that cannot work or lock administrators out, `strict` also those that are closed on purpose or ask for no credential. */
  @IsIn(['normal', 'strict'])
  flowGuard: 'normal' | 'strict' = 'normal';

  /** Most browser logins in progress from one address in one realm. */
  @toNumber
  @IsInt()
  @Min(1)
  loginsPerAddress: number = 10_000;

  /** Most requests under way at the same time. Who comes beyond it gets 503 with Retry-After before anything is read. */
  @toNumber
  @IsInt()
  @Min(1)
  httpMaxRequests: number = 5000;

  /** Most requests of one address (of IPv6: of its /64) in a minute, counted by each process; more get 429 with Retry-After. Absent: no limit. */
  @IsOptional()
  @toNumber
  @IsInt()
  @Min(1)
  requestsPerAddress?: number;

  /** Most attempts to log in under one user name of a realm in a minute, right or wrong, counted by each process; more get 429 with Retry-After. Absent: no limit. */
  @IsOptional()
  @toNumber
  @IsInt()
  @Min(1)
  attemptsPerUser?: number;

  /** Days for which what is over is remembered: ended sessions with address and device, addresses in events and of failed logins, deliveries that were given up. Events themselves live as long as their realm says. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(3650)
  retentionDays: number = 30;

  /** SMTP servers that realms may use, `host` or `host:port`, separated by commas. Absent: any but those in ranges without mail servers (link-local, metadata services). */
  @IsOptional()
  @IsString()
  smtpHosts?: string;

  /** Most password hashes computed at the same time; absent: one per processor. */
  @IsOptional()
  @toNumber
  @IsInt()
  @Min(1)
  hashConcurrency?: number;

  /** Most password hashes that wait for their turn. Who comes when the line is full gets 503 with Retry-After at once. */
  @toNumber
  @IsInt()
  @Min(0)
  hashQueue: number = 1000;

  /** Closed networks (`10.0.0.0/8`) and hosts that calls to applications and webhooks may reach, separated by commas. Public addresses are open, loopback is in development, link-local and metadata addresses never. */
  @IsOptional()
  @IsString()
  outboundAllow?: string;

  /** Taken for set-ups that come from Keycloak, and changes nothing: offline sessions are read when they are asked for, and wait for no start (`npm run bench:offline`). */
  @IsIn(['true', 'false'])
  preloadOfflineSessions: 'true' | 'false' = 'false';
}

const PREFIX = 'SLUICE_';

/** `databaseUrl` -> `SLUICE_DATABASE_URL`. */
export const variableName = (member: string): string =>
  PREFIX + member.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** Variables with the prefix that are not of the server itself (the oracle's harness, the tests). */
const FOREIGN = new Set(['SLUICE_TEST_POSTGRES_URL']);

/**
 * Reads the settings from an environment.
 * @throws InvalidInputError `invalid_settings` that lists every problem at once, by variable
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const members = Object.keys({ ...new Settings(), ...OPTIONAL_MEMBERS });
  const byVariable = new Map(members.map((member) => [variableName(member), member]));
  const given: Record<string, string> = {};
  const problems: string[] = [];
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || FOREIGN.has(variable) || value === undefined || value === '') continue;
    const member = byVariable.get(variable);
    if (member === undefined) problems.push(`${variable}: there is no such setting`);
    else given[member] = value;
  }
  const settings = plainToInstance(Settings, given, { exposeDefaultValues: true });
  for (const { property, constraints } of validateSync(settings, { whitelist: true, forbidNonWhitelisted: true })) {
    problems.push(`${variableName(property)}: ${Object.values(constraints ?? {}).join('; ')}`);
  }
  problems.push(...crossChecks(settings));
  if (problems.length > 0)
    throw new InvalidInputError('invalid_settings', `The settings cannot be used:\n  ${problems.join('\n  ')}`);
  return settings;
}

/** Members without a default, so that every member is known by name. */
const OPTIONAL_MEMBERS: Readonly<Record<string, undefined>> = {
  ...OPTIONAL_DATABASE_MEMBERS,
  publicUrl: undefined,
  managementPort: undefined,
  tlsCert: undefined,
  tlsKey: undefined,
  tlsClientCa: undefined,
  tlsClientCertHeader: undefined,
  bootstrapAdminPassword: undefined,
  encryptionKey: undefined,
  encryptionKeyPrevious: undefined,
  import: undefined,
  trustProxy: undefined,
  theme: undefined,
  flows: undefined,
  smtpHosts: undefined,
  hashConcurrency: undefined,
  outboundAllow: undefined,
  requestsPerAddress: undefined,
  attemptsPerUser: undefined,
};

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export const isLoopback = (host: string): boolean => LOOPBACK.has(host) || host.startsWith('127.');

/** Whether only this machine can use the server: what is a convenience here would be a hole elsewhere. */
export const isDevelopment = ({ host, publicUrl }: Pick<Settings, 'host' | 'publicUrl'>): boolean =>
  isLoopback(host) && (publicUrl === undefined || isLoopback(new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')));

/** What works and is still worth a word to the operator, one sentence each. */
export function settingsWarnings({ publicUrl }: Pick<Settings, 'publicUrl'>): readonly string[] {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  const isPlain = url?.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, ''));
  return isPlain
    ? [
        'SLUICE_PUBLIC_URL is plain http: whoever is on the way reads cookies and passwords, and cookies are SameSite=Lax, so that silent single sign-on in frames does not work',
      ]
    : [];
}

function crossChecks(settings: Settings): readonly string[] {
  const problems: string[] = [];
  if (!isLoopback(settings.host) && settings.publicUrl === undefined) {
    problems.push('SLUICE_PUBLIC_URL: is required when SLUICE_HOST is not a loopback address');
  }
  if (
    settings.managementPort !== undefined &&
    settings.managementPort !== 0 &&
    settings.managementPort === settings.port
  ) {
    problems.push('SLUICE_MANAGEMENT_PORT: must be another one than SLUICE_PORT');
  }
  if ((settings.tlsCert === undefined) !== (settings.tlsKey === undefined)) {
    problems.push('SLUICE_TLS_CERT, SLUICE_TLS_KEY: one is of no use without the other');
  }
  if (settings.tlsClientCa !== undefined && settings.tlsCert === undefined) {
    problems.push('SLUICE_TLS_CLIENT_CA: needs SLUICE_TLS_CERT; behind a proxy set SLUICE_TLS_CLIENT_CERT_HEADER');
  }
  if (settings.tlsClientCertHeader !== undefined && ['', 'true', 'false'].includes(settings.trustProxy ?? '')) {
    problems.push('SLUICE_TLS_CLIENT_CERT_HEADER: needs the addresses of the proxy in SLUICE_TRUST_PROXY');
  }
  problems.push(...databaseProblems(settings));
  if (isPostgresUrl(settings.databaseUrl) && settings.encryptionKey === undefined) {
    problems.push('SLUICE_ENCRYPTION_KEY: is required on PostgreSQL (32 bytes as base64: openssl rand -base64 32)');
  }
  if (settings.workers !== '1' && !isPostgresUrl(settings.databaseUrl)) {
    problems.push('SLUICE_WORKERS: SQLite serves one process; for more of them use PostgreSQL');
  }
  const opened = readOpenedNetworks(settings.outboundAllow ?? '');
  if ('wrong' in opened) {
    problems.push(`SLUICE_OUTBOUND_ALLOW: "${opened.wrong}" is neither a network (10.0.0.0/8), an address nor a host`);
  }
  return problems;
}
