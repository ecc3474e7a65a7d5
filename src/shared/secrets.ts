import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

/** A new random UUID (version 4). */
export const newId = (): string => randomUUID();

/** An id in the form of a UUID that everybody who knows the parts arrives at. */
export function derivedId(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** A session id as Keycloak 26.7 writes it: 18 random bytes as 24 characters of base64url. */
export const newSessionId = (): string => randomBytes(18).toString('base64url');

/** A 256-bit secret as 43 characters of base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** SHA-256 of a secret as base64url: what is stored in place of the secret itself. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Compares two strings in time that does not depend on where they differ. */
export function constantTimeEquals(a: string, b: string): boolean {
  const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b)) && a.length === b.length;
}
