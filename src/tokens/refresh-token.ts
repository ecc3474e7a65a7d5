import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { CheckedClaims, RealmJwt } from './jwt.js';

/** A refresh or offline token that a client shows. */
export type CheckedRefreshToken =
  | { readonly kind: 'valid'; readonly claims: CheckedClaims }
  /** With the sentence of the reference, and the claims where they can be believed. */
  | { readonly kind: 'refused'; readonly description: string; readonly claims?: CheckedClaims };

/** Whether a token is a refresh token that is good by itself and the client's own. What it rests on is not looked at. */
export async function checkRefreshToken(
  jwt: RealmJwt,
  realm: Realm,
  client: Client,
  token: string,
  issuer: string,
): Promise<CheckedRefreshToken> {
  const checked = await jwt.check(realm, token, { types: ['Refresh', 'Offline'], issuer });
  if (checked.kind === 'invalid') {
    const isInactive = checked.reason === 'expired' || checked.reason === 'not_yet';
    return { kind: 'refused', description: isInactive ? 'Token is not active' : 'Invalid refresh token' };
  }
  return checked.claims.azp === client.clientId
    ? checked
    : {
        kind: 'refused',
        description: "Invalid refresh token. Token client and authorized client don't match",
        claims: checked.claims,
      };
}
