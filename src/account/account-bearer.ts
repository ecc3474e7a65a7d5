import type { FastifyRequest } from 'fastify';
import { bearerToken } from '../http/bearer-token.js';
import type { PublicUrl } from '../http/public-url.js';
import type { Realm } from '../realm/realm.js';
import type { AccessTokenVerifier } from '../tokens/access-token-verifier.js';
import { ACCOUNT_CLIENT, type AccountCaller, type AccountCallers } from './account-caller.js';

/** Takes access tokens for the account: of this realm, made for the audience `account`, and of a person. */
export class AccountBearer {
  constructor(
    private readonly verifier: AccessTokenVerifier,
    private readonly callers: AccountCallers,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** Who calls; undefined without a token that is good here. */
  async callerOf(request: FastifyRequest, realm: Realm): Promise<AccountCaller | undefined> {
    const token = bearerToken(request);
    if (token === undefined) return undefined;
    const verified = await this.verifier.verify(realm, token, this.publicUrl.issuer(request, realm.name));
    if (verified.kind === 'invalid' || !isFor(verified.claims.all['aud'])) return undefined;
    // An application has no account of its own to look at.
    if (verified.user.serviceAccountClientId !== undefined) return undefined;
    return this.callers.of(request, realm, verified.user, verified.client, verified.part);
  }
}

const isFor = (audience: unknown): boolean =>
  audience === ACCOUNT_CLIENT || (Array.isArray(audience) && audience.includes(ACCOUNT_CLIENT));
