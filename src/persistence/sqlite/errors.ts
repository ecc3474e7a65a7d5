import { UnavailableError } from '../../shared/errors.js';

/** The npm package `sqlite3` is installed, but its native module cannot be loaded on this machine. The message names the cure. */
export class SqliteModuleLoadError extends Error {
  override readonly name = 'SqliteModuleLoadError';

  constructor(cause: unknown) {
    super(
      `The native module of the npm package sqlite3 did not load: ${reasonOf(cause)}\n` +
        'Its prebuilt binary needs glibc 2.38 or newer. Elsewhere it is compiled while it is installed, which needs python3, make and a C++ compiler ' +
        '(Debian: apt-get install python3 make g++). Then run: npm rebuild sqlite3 --build-from-source',
      { cause },
    );
  }
}

/** The database file cannot be opened, or not in the mode that the driver needs. */
export class SqliteOpenError extends Error {
  override readonly name = 'SqliteOpenError';

  constructor(path: string, reason: string, cause?: unknown) {
    super(`Cannot open the SQLite database ${path}: ${reason}`, { cause });
  }
}

/** The writer was not free in time. Callers may try again later; `detail` says who held it for how long. */
export class WriterTimeoutError extends UnavailableError {
  constructor(detail: string) {
    super('database_busy', 'The database is busy, try again later', { detail });
  }
}

/** A second writer was asked for by code that already holds the writer: it would wait for itself. A mistake in the program. */
export class WriterSelfDeadlockError extends Error {
  override readonly name = 'WriterSelfDeadlockError';

  constructor() {
    super(
      'A write outside of the current transaction was asked for from within it, and would wait for itself. ' +
        "Inside a transaction use only the transaction's own entity manager or query runner.",
    );
  }
}

/** The connection, or the pool it belongs to, has been closed. */
export class SqliteClosedError extends Error {
  override readonly name = 'SqliteClosedError';

  constructor() {
    super('The SQLite database has been closed');
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
