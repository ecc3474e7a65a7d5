import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { AppError, InvalidInputError } from './errors.js';
import { Sealer } from './sealer.js';

const VERSION = 'v1';
const KEY_BYTES = 32;
/** The first half derives a key for this one message, the second half is the GCM nonce. */
const NONCE_BYTES = 24;
const TAG_BYTES = 16;

/**
 * Seals with AES-256-GCM. A sealed text is `v1.<key id>.<base64url(nonce, ciphertext, tag)>`; the key id says which key
 * opens it, so that keys can be replaced while older texts stay readable.
 *
 * Every message gets its own key (HMAC-SHA256 of half of a 24-byte nonce): random 12-byte nonces under one key must not
 * be used for more than 2^32 messages (NIST SP 800-38D, section 8.3), and anonymous requests seal state too.
 */
export class AesSealer extends Sealer {
  private readonly keys = new Map<string, Buffer>();
  private readonly currentId: string;

  /**
   * @param current the key that seals: 32 bytes as hex, base64 or base64url
   * @param older keys that only open what they sealed before
   * @throws InvalidInputError `encryption_key_invalid`
   */
  constructor(current: string, older: readonly string[] = []) {
    super();
    for (const text of [...older, current]) {
      const key = parseKey(text);
      this.keys.set(keyId(key), key);
    }
    this.currentId = keyId(parseKey(current));
  }

  /** Public names of the keys that only open; a sealed text begins with `v1.<name>.`. */
  get olderKeyIds(): readonly string[] {
    return [...this.keys.keys()].filter((id) => id !== this.currentId);
  }

  seal(plain: string, context: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.messageKey(this.currentId, nonce), nonce.subarray(12));
    cipher.setAAD(Buffer.from(context, 'utf8'));
    const body = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.currentId}.${body.toString('base64url')}`;
  }

  open(sealed: string, context: string): string {
    const [version, id, text, ...rest] = sealed.split('.');
    if (version !== VERSION || id === undefined || text === undefined || rest.length > 0) {
      throw unsealingFailed('not a sealed text of a known version');
    }
    const body = Buffer.from(text, 'base64url');
    if (body.length < NONCE_BYTES + TAG_BYTES) throw unsealingFailed('too short');
    const nonce = body.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.messageKey(id, nonce), nonce.subarray(12));
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    try {
      return decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw unsealingFailed('altered, or sealed for another context', cause);
    }
  }

  private messageKey(id: string, nonce: Buffer): Buffer {
    const key = this.keys.get(id);
    if (key === undefined) throw unsealingFailed(`sealed with key ${id}, which is not among the configured keys`);
    return createHmac('sha256', key).update('sluice sealer v1').update(nonce.subarray(0, 12)).digest();
  }
}

/** A public name for a key: does not help to find it. */
function keyId(key: Buffer): string {
  return createHash('sha256').update('sluice key id').update(key).digest('base64url').slice(0, 8);
}

function parseKey(text: string): Buffer {
  const trimmed = text.trim();
  const hex = /^[0-9a-f]{64}$/i.test(trimmed);
  const key = Buffer.from(trimmed, hex ? 'hex' : 'base64');
  if ((!hex && !/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) || key.length !== KEY_BYTES) {
    throw new InvalidInputError(
      'encryption_key_invalid',
      'An encryption key must be 32 bytes, written as hex or base64.',
    );
  }
  return key;
}

function unsealingFailed(detail: string, cause?: unknown): AppError {
  return new AppError('unsealing_failed', 'A stored secret could not be opened.', { detail, cause });
}
