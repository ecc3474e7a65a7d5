import { randomBytes } from 'node:crypto';

const BYTES = 64;

/** Attribute with the time, in epoch seconds, at which the server made the secret of a client. */
export const SECRET_MADE_AT = 'client.secret.creation.time';

/** A new secret of a client, of the form Keycloak 26.7 gives: 64 random bytes as 86 characters of base64url. */
export const newClientSecret = (): string => randomBytes(BYTES).toString('base64url');
