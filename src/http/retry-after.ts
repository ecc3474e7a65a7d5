import { TooManyRequestsError, UnavailableError } from '../shared/errors.js';

/** What is not possible now often is a few seconds later. */
const UNAVAILABLE_SECONDS = 5;

/** Headers for errors that waiting mends (RFC 9110 section 10.2.3); none for others. */
export function retryAfter(error: unknown): Readonly<Record<string, string>> {
  if (error instanceof TooManyRequestsError) return { 'retry-after': String(error.seconds) };
  return error instanceof UnavailableError ? { 'retry-after': String(UNAVAILABLE_SECONDS) } : {};
}
