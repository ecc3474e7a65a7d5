import { randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { HashLoad, HashObserver } from './hash-observer.js';
import { HashQueue } from './hash-queue.js';
import { derive, isAffordable, madeBy, recipeFor, type HashRecipe } from './password-derivation.js';
import { readPasswordHash, writePasswordHash, type HashedPassword, type PasswordHash } from './password-hash.js';
import type { PasswordPolicy } from './password-policy.js';

export type { HashedPassword } from './password-hash.js';

export interface PasswordHasherOptions {
  /** Hashes that run at once; default: one for each core. */
  readonly concurrency?: number | undefined;
  /** Hashes that may wait for their turn; default 1000, some seconds of work. */
  readonly maxWaiting?: number | undefined;
  readonly observer?: HashObserver | undefined;
}

const SALT_BYTES = 16;

/**
 * Hashes and verifies passwords in the formats of Keycloak: Argon2 (the default) and PBKDF2, so that users of an imported
 * realm keep their passwords. Every method that hashes throws UnavailableError `hash_queue_full` under too much load.
 */
export class PasswordHasher {
  private readonly queue: HashQueue;

  constructor(options: PasswordHasherOptions = {}) {
    this.queue = new HashQueue(
      options.concurrency ?? availableParallelism(),
      options.maxWaiting ?? 1000,
      options.observer,
    );
  }

  /** Hashes that run and wait at this moment. */
  get load(): HashLoad {
    return this.queue.load;
  }

  /** Hashes with a new salt, by the algorithm and iterations of the policy. */
  async hash(plain: string, policy: PasswordPolicy): Promise<HashedPassword> {
    const recipe = recipeOf(policy);
    const salt = randomBytes(SALT_BYTES);
    const value = await this.queue.run(() => derive(plain, salt, recipe));
    return writePasswordHash({ ...recipe, value, salt });
  }

  /** Whether it is the password; false too when the stored hash cannot be used (see `canVerify`). */
  async verify(plain: string, stored: HashedPassword): Promise<boolean> {
    const hash = readable(stored);
    if (hash === undefined) return false;
    const value = await this.queue.run(() => derive(plain, hash.salt, { ...hash, bytes: hash.value.length }));
    return timingSafeEqual(value, hash.value);
  }

  /** Whether the algorithm of a stored hash is one of ours, its texts are whole and its cost is bearable (an import warns of the others). */
  canVerify(stored: HashedPassword): boolean {
    return readable(stored) !== undefined;
  }

  /** Whether a new hash of the same password would be made in another way (algorithm, iterations, lengths, Argon2 parameters). */
  needsRehash(stored: HashedPassword, policy: PasswordPolicy): boolean {
    const hash = readable(stored);
    return hash === undefined || !madeBy(hash, recipeOf(policy));
  }

  /** Does the work of a verification and forgets it: an unknown user is answered no faster than a known one. */
  async burn(policy: PasswordPolicy): Promise<void> {
    await this.queue.run(() => derive('', randomBytes(SALT_BYTES), recipeOf(policy)));
  }
}

/** A stored hash, unless it is damaged or costs more than a login may. */
function readable(stored: HashedPassword): PasswordHash | undefined {
  const hash = readPasswordHash(stored);
  return hash && isAffordable(hash) ? hash : undefined;
}

function recipeOf(policy: PasswordPolicy): HashRecipe {
  return recipeFor(policy.hashAlgorithm, policy.hashIterations);
}
