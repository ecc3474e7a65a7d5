import { randomBytes } from 'node:crypto';

const BYTES = 64;

/** A new secret of a client, of the form Keycloak 26.7 gives: 64 random bytes as 86 characters of base64url. */
export const newClientSecret = (): string => randomBytes(BYTES).toString('base64url');
