import { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { preparingClient } from './preparing-client.js';

/** How PostgreSQL is spoken to. Times are milliseconds; 0 is no bound where it says so. */
export interface PostgresTuning {
  /** Connections in the pool; 10 unless told. */
  readonly poolSize?: number;
  /** How long the server may take to answer a new connection; 5,000 unless told. */
  readonly connectTimeoutMs?: number;
  /** How long to queue for a connection of the pool when all are at work; 30,000 unless told. */
  readonly poolTimeoutMs?: number;
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
/** Not worth another try at once: whoever waited for it has waited. See `isBrokenConnection`. */
const NO_ANSWER = 'Connection terminated due to connection timeout';

type Options = Omit<PostgresDataSourceOptions, 'entities' | 'migrations'>;

/** TypeORM's options for an address and a tuning. */
export function postgresOptions(url: string, tuning: PostgresTuning): Options {
  const { poolSize = 10, poolTimeoutMs = 30_000, idleTimeoutMs = 30_000, tls, pooled = false } = tuning;
  return {
    type: 'postgres',
    url,
    poolSize,
    // The pool has one bound for both, a place in its queue and a new connection: `watchedSocket` has the shorter one of the latter.
    connectTimeoutMS: poolTimeoutMs,
    applicationName: 'sluice',
    ...(tls === undefined ? {} : { ssl: tls }),
    extra: {
      idleTimeoutMillis: idleTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      stream: () => watchedSocket(tuning),
      // Startup parameters cost nothing later. PgBouncer refuses those it does not know: see `localBounds`.
      ...(pooled ? {} : { ...startupParameters(tuning), Client: preparingClient() }),
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
 * Whatever does not answer a new connection in time, or is silent for longer than a statement may take or an unused connection may
 * stay, is ended.
 */
function watchedSocket(tuning: PostgresTuning): Socket {
  const { connectTimeoutMs = 5000, idleTimeoutMs = 30_000 } = tuning;
  const { statement } = bounds(tuning);
  const socket = new Socket();
  const noAnswer = (): void => void socket.destroy(new Error(NO_ANSWER));
  socket.setTimeout(connectTimeoutMs, noAnswer);
  socket.once('data', () => {
    socket.off('timeout', noAnswer);
    const silenceMs = statement === 0 ? 0 : Math.max(idleTimeoutMs, statement) + GRACE_MS;
    socket.setTimeout(silenceMs, () => socket.destroy(new Error('Connection terminated: the database is silent')));
  });
  return socket;
}
