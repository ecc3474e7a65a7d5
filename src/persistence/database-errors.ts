import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { AppError, ConflictError, InvalidInputError, UnavailableError } from '../shared/errors.js';

/** SQLSTATE classes and codes, Node's and SQLite's codes that mean: the database cannot be worked with now. */
const LOST = [
  /^08/, // connection exception
  /^53/, // out of connections, disk or memory
  /^57P0/, // shut down, crashed, starting up
  /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/,
  /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOTADB|CORRUPT)/,
];
/** `pg` reports a connection that broke without any code. */
const LOST_WITHOUT_CODE =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

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

/**
 * What the rest of the server sees of a failed statement: a lost database becomes UnavailableError `database_unavailable`, a
 * reference to something just deleted ConflictError `concurrent_change`, a text that PostgreSQL has no room for (NUL) InvalidInputError
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
function isLost(error: unknown, code: string, message: string): boolean {
  return (
    error instanceof QueryRunnerAlreadyReleasedError ||
    LOST.some((pattern) => pattern.test(code)) ||
    LOST_WITHOUT_CODE.test(message)
  );
}

function causeOf(error: unknown): { code: string; message: string; constraint: string } {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error)) return { code: '', message: '', constraint: '' };
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
  return {
    code: typeof code === 'string' ? code : '',
    message: cause.message,
    constraint: typeof constraint === 'string' ? constraint : '',
  };
}
