import { randomUUID } from 'node:crypto';
import type { Json } from '../../shared/json.js';

/** What the link of a mail does (claim `typ`), by Keycloak's names. */
export const ACTION_TOKEN_TYPES = ['reset-credentials', 'verify-email', 'execute-actions'] as const;
export type ActionTokenType = (typeof ACTION_TOKEN_TYPES)[number];

/** The token in the link of a mail: who may do what, until when. Claims are Keycloak's. */
export interface ActionToken {
  /** `jti` */
  readonly id: string;
  readonly type: ActionTokenType;
  /** `sub` */
  readonly userId: string;
  /** Public id of the client (`azp`). */
  readonly clientId: string;
  /** Seconds. */
  readonly issuedAt: number;
  /** Seconds. */
  readonly expiresAt: number;
  /** Address that the mail went to (`eml`): a link is worth nothing once the user has another one. */
  readonly email: string;
  /** Login in progress that the link goes on with (`asid`). */
  readonly loginId?: string;
  /** In the link of a page that asks for a confirmation (`oasid`): the login the mail belonged to, empty when it belonged to none. */
  readonly originalLoginId?: string;
  /** Aliases of required actions (`rqac`). */
  readonly actions?: readonly string[];
  /** Where the person may go on to when all is done (`reduri`). */
  readonly redirectUri?: string;
}

export type NewActionToken = Omit<ActionToken, 'id' | 'issuedAt'>;

/** The claims of a token. @param issuer of the realm; such a token is for the realm alone, so it is the audience too */
export const claimsOf = (token: ActionToken, issuer: string): Readonly<Record<string, Json>> => ({
  exp: token.expiresAt,
  iat: token.issuedAt,
  jti: token.id,
  iss: issuer,
  aud: issuer,
  sub: token.userId,
  typ: token.type,
  azp: token.clientId,
  nonce: randomUUID(),
  eml: token.email,
  ...(token.loginId === undefined ? {} : { asid: token.loginId }),
  ...(token.originalLoginId === undefined ? {} : { oasid: token.originalLoginId }),
  ...(token.actions === undefined ? {} : { rqac: [...token.actions] }),
  ...(token.redirectUri === undefined ? {} : { reduri: token.redirectUri }),
});

/** The token that claims are of; undefined unless every member has the form this server writes. */
export function tokenOf(claims: Readonly<Record<string, Json>>): ActionToken | undefined {
  const { jti, typ, sub, azp, iat, exp, eml, asid, oasid, rqac, reduri } = claims;
  const type = ACTION_TOKEN_TYPES.find((known) => known === typ);
  if (typeof jti !== 'string' || typeof sub !== 'string' || typeof azp !== 'string' || typeof eml !== 'string')
    return undefined;
  if (!type || typeof iat !== 'number' || typeof exp !== 'number') return undefined;
  return {
    id: jti,
    type,
    userId: sub,
    clientId: azp,
    issuedAt: iat,
    expiresAt: exp,
    email: eml,
    ...(typeof asid === 'string' ? { loginId: asid } : {}),
    ...(typeof oasid === 'string' ? { originalLoginId: oasid } : {}),
    ...(Array.isArray(rqac) ? { actions: rqac.filter((alias): alias is string => typeof alias === 'string') } : {}),
    ...(typeof reduri === 'string' ? { redirectUri: reduri } : {}),
  };
}
