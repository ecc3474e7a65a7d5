import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { hashRaw } from '@node-rs/argon2';
import { CHEAP_HASH, PASSWORD } from '../bench-realm.js';

const pbkdf2Async = promisify(pbkdf2);

const HASH_BYTES = 32;
/** The default hash of a new realm: Argon2id, version 1.3. */
const ARGON2 = { memoryCost: 7168, timeCost: 5, parallelism: 1, outputLen: HASH_BYTES, algorithm: 2, version: 1 };

const hash = (realm: string, password: string, salt: Buffer): Promise<Buffer> =>
  realm === CHEAP_HASH.name
    ? pbkdf2Async(password, salt, 1, HASH_BYTES, 'sha256')
    : hashRaw(password, { ...ARGON2, salt });

/** Everybody has the same password; its hash is in memory. */
export class FloorPasswords {
  private readonly stored = new Map<string, Promise<{ readonly salt: Buffer; readonly value: Buffer }>>();

  /** One hash, with the parameters of the realm. @param expected what the password should be */
  async isRight(realm: string, password: string, expected = PASSWORD): Promise<boolean> {
    const { salt, value } = await this.storedFor(realm, expected);
    return timingSafeEqual(await hash(realm, password, salt), value);
  }

  private storedFor(realm: string, password: string): Promise<{ readonly salt: Buffer; readonly value: Buffer }> {
    const known = this.stored.get(realm);
    if (known) return known;
    const salt = randomBytes(16);
    const made = hash(realm, password, salt).then((value) => ({ salt, value }));
    this.stored.set(realm, made);
    return made;
  }
}
