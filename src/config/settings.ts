import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, MinLength, validateSync } from 'class-validator';
import { InvalidInputError } from '../shared/errors.js';
import { databaseProblems, isPostgresUrl } from './database-settings.js';
import { limitProblems } from './limit-settings.js';
import { networkProblems, NetworkSettings, OPTIONAL_NETWORK_MEMBERS } from './network-settings.js';
import { toNumber } from './to-number.js';

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/**
 * Every setting of the server. Each is an environment variable `SLUICE_<NAME>`; nothing else of the program reads the environment, but for
 * OpenTelemetry's own variables (`traces-settings.ts`).
 * `docs/settings.md` is made from `describeSettings`.
 */
export class Settings extends NetworkSettings {
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

  /** Days for which what is over is remembered: ended sessions with address and device, addresses in events and of failed logins, deliveries that were given up. Events themselves live as long as their realm says. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(3650)
  retentionDays: number = 30;

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
  ...OPTIONAL_NETWORK_MEMBERS,
  bootstrapAdminPassword: undefined,
  encryptionKey: undefined,
  encryptionKeyPrevious: undefined,
  import: undefined,
  theme: undefined,
  flows: undefined,
};

function crossChecks(settings: Settings): readonly string[] {
  const problems = [...networkProblems(settings), ...databaseProblems(settings), ...limitProblems(settings)];
  if (isPostgresUrl(settings.databaseUrl) && settings.encryptionKey === undefined) {
    problems.push('SLUICE_ENCRYPTION_KEY: is required on PostgreSQL (32 bytes as base64: openssl rand -base64 32)');
  }
  if (settings.workers !== '1' && !isPostgresUrl(settings.databaseUrl)) {
    problems.push('SLUICE_WORKERS: SQLite serves one process; for more of them use PostgreSQL');
  }
  return problems;
}
