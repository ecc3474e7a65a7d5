import { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';

/** How PostgreSQL is spoken to. Times are milliseconds; 0 is no bound where it says so. */
export interface PostgresTuning {
  /** Connections in the pool; 10 unless told. */
  readonly poolSize?: number;
  /** How long to wait for a connection, a new one or one of the pool; 5,000 unless told. */
  readonly connectTimeoutMs?: number;
  /** After how long an unused connection is closed; 30,000 unless told. */
  readonly idleTimeoutMs?: number;
  /** For one statement, and for a transaction to go on with its next; 30,000 unless told, 0 is no bound. */
  readonly statementTimeoutMs?: number;
  /** For one lock; 10,000 unless told, 0 is no bound. */
  readonly lockTimeoutMs?: number;
  /** TLS; plain unless given, or asked for by `sslmode` in the address. */
  readonly tls?: TlsOptions;
  /** Whether a pooler in transaction mode is in between: a connection is then somebody else's after every transaction. */
  readonly pooled?: boolean;
}

/** What the bounds of a statement may be late by, before a connection that says nothing is taken for dead. */
const GRACE_MS = 5000;

type Options = Omit<PostgresDataSourceOptions, 'entities' | 'migrations'>;

/** TypeORM's options for an address and a tuning. */
export function postgresOptions(url: string, tuning: PostgresTuning): Options {
  const { poolSize = 10, connectTimeoutMs = 5000, idleTimeoutMs = 30_000, tls, pooled = false } = tuning;
  return {
    type: 'postgres',
    url,
    poolSize,
    connectTimeoutMS: connectTimeoutMs,
    applicationName: 'sluice',
    ...(tls === undefined ? {} : { ssl: tls }),
    extra: {
      idleTimeoutMillis: idleTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      stream: () => watchedSocket(idleTimeoutMs, bounds(tuning).statement),
      // Startup parameters cost nothing later. PgBouncer refuses those it does not know: see `localBounds`.
      ...(pooled ? {} : startupParameters(tuning)),
    },
  };
}

/**
 * What a transaction begins with behind a pooler, where nothing may be set for the connection; undefined elsewhere.
 * One text of several statements, so it is one trip.
 */
export function localBounds(tuning: PostgresTuning): string | undefined {
  if (tuning.pooled !== true) return undefined;
  const { statement, lock } = bounds(tuning);
  return [
    `SET LOCAL statement_timeout = ${statement}`,
    `SET LOCAL lock_timeout = ${lock}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${statement}`,
  ].join('; ');
}

/** A node that hangs in a transaction holds rows that all others wait for: PostgreSQL then ends it. */
function startupParameters(tuning: PostgresTuning): Record<string, number> {
  const { statement, lock } = bounds(tuning);
  return {
    ...(statement > 0 ? { statement_timeout: statement, idle_in_transaction_session_timeout: statement } : {}),
    ...(lock > 0 ? { lock_timeout: lock } : {}),
  };
}

const bounds = ({ statementTimeoutMs = 30_000, lockTimeoutMs = 10_000 }: PostgresTuning) => ({
  statement: statementTimeoutMs,
  lock: lockTimeoutMs,
});

/**
 * The server bounds statements, but a server that is cut off or frozen bounds nothing, and TCP would wait for a quarter of an hour.
 * Whatever is silent for longer than a statement may take, or an unused connection may stay, is ended.
 */
function watchedSocket(idleMs: number, statementMs: number): Socket {
  const socket = new Socket();
  const silenceMs = statementMs === 0 ? 0 : Math.max(idleMs, statementMs) + GRACE_MS;
  socket.setTimeout(silenceMs, () => socket.destroy(new Error('Connection terminated: the database is silent')));
  return socket;
}
