import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessTokens } from '../http/access-tokens.js';
import { presentedToken } from '../http/presented-token.js';
import type { Realm } from '../realm/realm.js';
import { ACCOUNT_CLIENT, type AccountCaller, type AccountCallers } from './account-caller.js';

/** Takes access tokens for the account: of this realm, made for the audience `account`, and of a person. */
export class AccountBearer {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly callers: AccountCallers,
  ) {}

  /** Who calls; undefined without a token that is good here, and for this sender. */
  async callerOf(request: FastifyRequest, reply: FastifyReply, realm: Realm): Promise<AccountCaller | undefined> {
    const token = presentedToken(request);
    if (!token) return undefined;
    const verified = await this.accessTokens.verify(realm, token, request, reply);
    if (verified.kind === 'invalid' || !isFor(verified.claims.all['aud'])) return undefined;
    // An application has no account of its own to look at.
    if (verified.user.serviceAccountClientId !== undefined) return undefined;
    return this.callers.of(request, realm, verified.user, verified.client, verified.part);
  }
}

const isFor = (audience: unknown): boolean =>
  audience === ACCOUNT_CLIENT || (Array.isArray(audience) && audience.includes(ACCOUNT_CLIENT));
