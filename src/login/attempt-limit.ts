import { TooManyRequestsError } from '../shared/errors.js';
import type { RateLimit } from '../shared/rate-limit.js';

/**
 * Bounds how often somebody may try to be one user. It looks at the name that was typed, whether or not there is such a user, so that
 * an answer does not tell. It stands in front of the hash; the brute-force guard, which counts what was wrong, stands behind it.
 */
export class AttemptLimit {
  /** @param limit absent: there is none */
  constructor(private readonly limit?: RateLimit) {}

  /**
   * @param names of whom somebody tries to be; what is absent or empty counts for nobody
   * @throws TooManyRequestsError `too_many_attempts` when one of them was tried too often
   */
  check(realmId: string, ...names: readonly (string | undefined)[]): void {
    const { limit } = this;
    if (!limit) return;
    const tried = new Set(names.flatMap((name) => (name ? name.trim().toLowerCase().slice(0, 255) : [])));
    const seconds = Math.max(0, ...[...tried].map((name) => limit.take(`${realmId} ${name}`)));
    if (seconds > 0)
      throw new TooManyRequestsError('too_many_attempts', 'Too many attempts. Try again later.', seconds);
  }
}
