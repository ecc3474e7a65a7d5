import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { AppError, ConflictError, InvalidInputError, UnavailableError } from '../shared/errors.js';

/** SQLSTATE classes and codes, Node's and SQLite's codes that mean: the database cannot be worked with now. */
const LOST = [
  /^08/, // connection exception
  /^53/, // out of connections, disk or memory
  /^57P0/, // shut down, crashed, starting up
  /^25(?:006|P03)/, // a standby, which only reads; idle in a transaction for too long
  /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/,
  /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOTADB|CORRUPT)/,
];
/** `pg` reports a connection that broke without any code. */
const LOST_WITHOUT_CODE = /^(?:Connection terminated|Client has encountered a connection error)/;

/** A bound of ours was reached: of a lock, of a statement, of a deadlock that came back. The database is there, and busy. */
const BUSY = new Set(['55P03', '57014', '40001', '40P01']);
/** In the words of `pg`: all connections of the pool were at work for all the time that one may queue. */
const POOL_BUSY = 'timeout exceeded when trying to connect';
/** The connection broke, or there was nobody: before a COMMIT nothing of it stays. Not: none was free in time, that is overload. */
const BROKEN = /^(?:08|57P0[123]|25P03|ECONNREFUSED|ECONNRESET|EPIPE)/;
const BROKEN_WITHOUT_CODE =
  /^(?:Connection terminated(?! due to connection timeout)|Client has encountered a connection error)/;

/** True for a unique index or primary key that already has the value. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, message } = causeOf(error);
  return code === '23505' || (code === 'SQLITE_CONSTRAINT' && message.includes('UNIQUE constraint'));
}

/** True when the violated unique index is the one over `column` (PostgreSQL names the index, SQLite its columns). */
export function isUniqueViolationOf(column: string, error: unknown): boolean {
  const { message, constraint } = causeOf(error);
  return isUniqueViolation(error) && (message.includes(column) || constraint.includes(column));
}

/** True when the work may succeed if it is done again from its start: a serialization failure or a deadlock of PostgreSQL. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(causeOf(error).code);
}

/** True when the connection of the work broke, so that it may be done again on another one: unless its COMMIT had been sent. */
export function isBrokenConnection(error: unknown): boolean {
  const { code, message } = causeOf(error);
  return isReleased(error) || BROKEN.test(code) || BROKEN_WITHOUT_CODE.test(message);
}

/** The connection broke after COMMIT had been sent: the work may be stored or not, and must not be done again by itself. */
export const commitUnknown = (error: unknown): UnavailableError =>
  new UnavailableError(
    'commit_unknown',
    'The connection to the database broke at the last moment. It may or may not have been stored: look before you try again.',
    { detail: causeOf(error).message, cause: error },
  );

/**
 * What the rest of the server sees of a failed statement: a lost database becomes UnavailableError `database_unavailable`, one that
 * did not get to it in time `database_busy`, a reference to something just deleted ConflictError `concurrent_change`, a text that PostgreSQL has no room for (NUL) InvalidInputError
 * `text_refused`; anything else is passed on as it is.
 */
export function translated(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const { code, message } = causeOf(error);
  if (isLost(error, code, message)) {
    return new UnavailableError('database_unavailable', 'The database is not available, try again later', {
      detail: message,
      cause: error,
    });
  }
  if (BUSY.has(code) || message === POOL_BUSY) {
    return new UnavailableError('database_busy', 'The database is busy, try again in a moment', {
      detail: message,
      cause: error,
    });
  }
  if (code === '22021' || code === '22P05') {
    return new InvalidInputError('text_refused', 'A text has a character that is not allowed', {
      detail: message,
      cause: error,
    });
  }
  if (code === '23503' || (code === 'SQLITE_CONSTRAINT' && message.includes('FOREIGN KEY'))) {
    return new ConflictError('concurrent_change', 'Something that this change refers to has been deleted', {
      detail: message,
      cause: error,
    });
  }
  return error;
}

/** TypeORM releases the query runner under a running transaction when its connection breaks; ours are released by nobody else. */
const isReleased = (error: unknown): boolean =>
  error instanceof QueryRunnerAlreadyReleasedError || (error instanceof AppError && isReleased(error.cause));

function isLost(error: unknown, code: string, message: string): boolean {
  return isReleased(error) || LOST.some((pattern) => pattern.test(code)) || LOST_WITHOUT_CODE.test(message);
}

/** What the driver said; errors that were translated already carry it with them. */
function causeOf(error: unknown): { code: string; message: string; constraint: string } {
  if (error instanceof AppError && error.cause !== undefined) return causeOf(error.cause);
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error)) return { code: '', message: '', constraint: '' };
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
  return {
    code: typeof code === 'string' ? code : '',
    message: cause.message,
    constraint: typeof constraint === 'string' ? constraint : '',
  };
}
