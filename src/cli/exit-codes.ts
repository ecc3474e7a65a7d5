import { CommanderError } from 'commander';
import { AppError, UnavailableError } from '../shared/errors.js';

/** What a command ends with. Scripts may rely on it; docs/cli.md lists them. */
export const EXIT = {
  /** Done; what was asked holds. */
  ok: 0,
  /** A finding (a proof fails), or what was given is refused; nothing was changed. */
  refused: 1,
  /** The command line or the settings are wrong. */
  usage: 2,
  /** It cannot be done now: the database is in use, out of reach or outdated. */
  unavailable: 3,
  /** A mistake of the program. */
  internal: 70,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const UNAVAILABLE = new Set(['database_in_use', 'database_missing', 'database_outdated', 'database_unavailable']);

/** What an error of a command ends with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (!(error instanceof AppError)) return isNetwork(error) ? EXIT.unavailable : EXIT.internal;
  if (error.code === 'invalid_settings' || error.code === 'usage') return EXIT.usage;
  return error instanceof UnavailableError || UNAVAILABLE.has(error.code) ? EXIT.unavailable : EXIT.refused;
}

/** Of the network, or PostgreSQL's for a wrong password and a database that is not there. */
const OUT_OF_REACH = /^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|28P01|3D000)$/;

function isNetwork(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && OUT_OF_REACH.test(code);
}
