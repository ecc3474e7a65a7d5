import { randomUUID } from 'node:crypto';
import { ES256_APP, SERVICE } from '../bench-realm.js';
import { halfHash, type Claims, type FloorKeys } from './floor-keys.js';

/** Who gets tokens. */
export interface FloorSubject {
  readonly issuer: string;
  readonly clientId: string;
  readonly userId: string;
  /** Absent for a service account. */
  readonly sessionId?: string;
}

const LIFE_SECONDS = 36_000;
const SCOPE = 'openid email profile';

/** The tokens of one answer: as many signatures as the server makes, and claims of the same names. */
export function tokenAnswer(keys: FloorKeys, subject: FloorSubject): Readonly<Record<string, unknown>> {
  const { issuer, clientId, userId, sessionId } = subject;
  const algorithm = clientId === ES256_APP.clientId ? 'ES256' : 'RS256';
  const iat = Math.floor(Date.now() / 1000);
  const shared = {
    iat,
    iss: issuer,
    sub: userId,
    azp: clientId,
    ...(sessionId === undefined ? {} : { sid: sessionId }),
  };
  const person = {
    email_verified: true,
    name: 'User 1',
    preferred_username: userId,
    given_name: 'User',
    family_name: '1',
    email: `${userId}@bench.test`,
  };
  const accessToken = keys.sign(algorithm, {
    exp: iat + LIFE_SECONDS,
    jti: randomUUID(),
    ...shared,
    aud: [SERVICE.clientId, 'account'],
    typ: 'Bearer',
    acr: '1',
    realm_access: { roles: ['default-roles-bench', 'offline_access', 'uma_authorization'] },
    resource_access: { account: { roles: ['manage-account', 'manage-account-links', 'view-profile'] } },
    scope: sessionId === undefined ? 'email profile' : SCOPE,
    ...person,
  });
  const answer = { access_token: accessToken, expires_in: LIFE_SECONDS, token_type: 'Bearer', 'not-before-policy': 0 };
  if (sessionId === undefined) return { ...answer, refresh_expires_in: 0, scope: 'email profile' };
  return {
    ...answer,
    refresh_expires_in: LIFE_SECONDS,
    refresh_token: keys.sign('HS512', {
      exp: iat + LIFE_SECONDS,
      jti: randomUUID(),
      ...shared,
      aud: issuer,
      typ: 'Refresh',
      scope: SCOPE,
    }),
    id_token: keys.sign(algorithm, {
      exp: iat + LIFE_SECONDS,
      jti: randomUUID(),
      ...shared,
      aud: clientId,
      typ: 'ID',
      at_hash: halfHash(accessToken),
      acr: '1',
      ...person,
    }),
    session_state: sessionId,
    scope: SCOPE,
  };
}

/** What the application is told of the person by userinfo. */
export const personOf = ({
  sub,
  email_verified,
  name,
  preferred_username,
  given_name,
  family_name,
  email,
}: Claims): Claims => ({
  sub,
  email_verified,
  name,
  preferred_username,
  given_name,
  family_name,
  email,
});
