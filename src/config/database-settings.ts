import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { toNumber } from './to-number.js';

/** Settings of the database; all but its address and `sqliteSynchronous` are of PostgreSQL. */
export class DatabaseSettings {
  /** Where the data is: `sqlite:<path>` (one server process) or `postgres://user:password@host:port/database`. */
  @Matches(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, { message: 'must be sqlite:<path> or postgres://...' })
  databaseUrl: string = 'sqlite:.data/sluice.sqlite';

  /** PostgreSQL: most connections of one process. Processes times this must stay below `max_connections`. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(1000)
  databasePoolSize: number = 10;

  /** PostgreSQL: milliseconds that the server may take to answer a new connection; what needed it is then answered with 503. */
  @toNumber
  @IsInt()
  @Min(100)
  @Max(60_000)
  databaseConnectTimeout: number = 5000;

  /** PostgreSQL: milliseconds that a request queues for a connection while all are at work, before it is answered with 503. */
  @toNumber
  @IsInt()
  @Min(100)
  @Max(600_000)
  databasePoolTimeout: number = 30_000;

  /** PostgreSQL: milliseconds after which a connection that nobody uses is closed. */
  @toNumber
  @IsInt()
  @Min(1000)
  @Max(3_600_000)
  databaseIdleTimeout: number = 30_000;

  /** PostgreSQL: milliseconds that one statement may take, and a transaction wait for its next one; 0 is no bound. Migrations have none. */
  @toNumber
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  databaseStatementTimeout: number = 30_000;

  /** PostgreSQL: milliseconds that one statement waits for a row that another transaction has locked; 0 is no bound. */
  @toNumber
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  databaseLockTimeout: number = 10_000;

  /** PostgreSQL: `off`, `require` (encrypted, whoever answers) or `verify` (the certificate must be good and name the host). Not together with `sslmode` in the address. */
  @IsIn(['off', 'require', 'verify'])
  databaseTls: 'off' | 'require' | 'verify' = 'off';

  /** PostgreSQL: file with the authorities (PEM) that `verify` believes. Absent: those that Node.js knows. */
  @IsOptional()
  @IsString()
  databaseTlsCa?: string;

  /** PostgreSQL: file with a client certificate (PEM), where the database asks for one. */
  @IsOptional()
  @IsString()
  databaseTlsCert?: string;

  /** PostgreSQL: file with the private key of SLUICE_DATABASE_TLS_CERT (PEM). */
  @IsOptional()
  @IsString()
  databaseTlsKey?: string;

  /** PostgreSQL: `transaction` when the address is that of PgBouncer, or the like, in transaction mode. Nothing is then kept in the connection. */
  @IsIn(['none', 'transaction'])
  databasePooler: 'none' | 'transaction' = 'none';

  /** Durability of SQLite: FULL loses nothing acknowledged even in a power cut, NORMAL may lose the last commits then. */
  @IsIn(['FULL', 'NORMAL'])
  sqliteSynchronous: 'FULL' | 'NORMAL' = 'FULL';
}

/** Members without a default, so that every member is known by name. */
export const OPTIONAL_DATABASE_MEMBERS: Readonly<Record<string, undefined>> = {
  databaseTlsCa: undefined,
  databaseTlsCert: undefined,
  databaseTlsKey: undefined,
};

export const isPostgresUrl = (url: string): boolean => /^postgres(ql)?:/.test(url);

/** What of the settings does not go together, a sentence each. */
export function databaseProblems(settings: DatabaseSettings): readonly string[] {
  const { databaseUrl, databaseTls, databaseTlsCa, databaseTlsCert, databaseTlsKey } = settings;
  const problems: string[] = [];
  if ((databaseTlsCert === undefined) !== (databaseTlsKey === undefined))
    problems.push('SLUICE_DATABASE_TLS_CERT, SLUICE_DATABASE_TLS_KEY: one is of no use without the other');
  if (databaseTlsCa !== undefined && databaseTls !== 'verify')
    problems.push('SLUICE_DATABASE_TLS_CA: needs SLUICE_DATABASE_TLS=verify, otherwise no certificate is checked');
  if (databaseTlsCert !== undefined && databaseTls === 'off')
    problems.push('SLUICE_DATABASE_TLS_CERT: needs SLUICE_DATABASE_TLS to be require or verify');
  if (databaseTls !== 'off' && /[?&]ssl(mode|cert|key|rootcert)?=/.test(databaseUrl))
    problems.push('SLUICE_DATABASE_TLS: say it here or with sslmode in SLUICE_DATABASE_URL, not in both');
  if (databaseTls !== 'off' && !isPostgresUrl(databaseUrl))
    problems.push('SLUICE_DATABASE_TLS: is for PostgreSQL, SQLite is a file');
  return problems;
}
