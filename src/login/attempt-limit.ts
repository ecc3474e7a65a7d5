import { TooManyRequestsError } from '../shared/errors.js';
import type { RateLimit } from '../shared/rate-limit.js';

/**
 * Bounds how often somebody may try to be one user. It looks at the name that was typed, whether or not there is such a user, so that
 * an answer does not tell. It stands in front of the hash; the brute-force guard, which counts what was wrong, stands behind it.
 */
export class AttemptLimit {
  /** @param limit absent: there is none */
  constructor(private readonly limit?: RateLimit) {}

  /** @throws TooManyRequestsError `too_many_attempts` */
  check(realmId: string, username: string | undefined): void {
    if (!this.limit || username === undefined || username === '') return;
    const seconds = this.limit.take(`${realmId} ${username.trim().toLowerCase().slice(0, 255)}`);
    if (seconds > 0)
      throw new TooManyRequestsError('too_many_attempts', 'Too many attempts. Try again later.', seconds);
  }
}
