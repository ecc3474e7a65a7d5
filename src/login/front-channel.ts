import type { Client } from '../realm/client.js';
import type { User } from '../realm/user.js';
import type { ScopeResolver } from '../tokens/scopes.js';
import type { SessionPart } from '../tokens/token-lifespan.js';
import type { FrontChannelTokens, TokenService } from '../tokens/token-service.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { BrowserContext } from './browser-login-types.js';
import { hasFrontTokens, responseParts } from './response-parts.js';

/** A login that has its session, and its code where one was asked for. */
export interface AnsweredLogin {
  readonly user: User;
  readonly part: SessionPart;
  readonly acr: string;
  readonly code: string | undefined;
}

/** Tokens that go to the application with the answer itself (implicit and hybrid flow). */
export class FrontChannel {
  constructor(
    private readonly tokens: TokenService,
    private readonly scopes: ScopeResolver,
  ) {}

  /**
   * Undefined for response types without tokens.
   * @throws AppError `no_signing_key`
   */
  async tokensFor(
    { realm, base, issuer }: BrowserContext,
    client: Client,
    request: AuthorizationRequest,
    { user, part, acr, code }: AnsweredLogin,
  ): Promise<FrontChannelTokens | undefined> {
    const { responseType, nonce, state } = request;
    if (!hasFrontTokens(responseType)) return undefined;
    const scope = await this.scopes.restore(client, request.scope);
    const order = { realm, client, user, part, acr, scope, from: { base, issuer } };
    return this.tokens.issueInFront(
      { ...order, ...(nonce === undefined ? {} : { nonce }) },
      {
        parts: responseParts(responseType),
        ...(code === undefined ? {} : { code }),
        ...(state === undefined ? {} : { state }),
      },
    );
  }
}
