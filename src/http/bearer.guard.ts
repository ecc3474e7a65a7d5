import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import type { Client } from '../realm/client.js';
import { type Realm, RealmStore } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import { ForbiddenError } from '../shared/errors.js';
import { decodeJws } from '../tokens/jws.js';
import type { CheckedClaims } from '../tokens/jwt.js';
import type { SessionPart } from '../tokens/token-lifespan.js';
import { AccessTokens } from './access-tokens.js';
import { presentedToken } from './presented-token.js';
import { PublicUrl } from './public-url.js';
import { isTransportAllowed } from './transport-security.js';

/** Who calls an API with an access token. What they may do is decided from the user's stored roles, not from the token's. */
export interface Principal {
  /** Realm of the token, not of the address. */
  readonly realm: Realm;
  readonly user: User;
  /** The client the token was issued to. */
  readonly client: Client;
  /** Absent for tokens of a transient session. */
  readonly part?: SessionPart;
  readonly token: CheckedClaims;
}

const principals = new WeakMap<object, Principal>();

/** The principal of a request that passed the guard. */
export function callerOf(request: FastifyRequest): Principal {
  const principal = principals.get(request);
  if (!principal) throw new Error('The bearer guard did not run for this request');
  return principal;
}

/**
 * Lets only callers with a good access token pass: 401 without. A token of another realm than that of the address must be one of `master`:
 * 403 otherwise.
 */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly realms: RealmStore,
    private readonly accessTokens: AccessTokens,
    private readonly publicUrl: PublicUrl,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.authenticate(request, context.switchToHttp().getResponse<FastifyReply>());
    if (!principal) throw new UnauthorizedException({ error: 'HTTP 401 Unauthorized' });
    const target = (request.params as Readonly<Record<string, string | undefined>>)['realm'];
    if (target !== undefined && target !== principal.realm.name && principal.realm.name !== ADMIN_REALM) {
      throw new ForbiddenError('forbidden', 'HTTP 403 Forbidden', { detail: 'the token belongs to another realm' });
    }
    principals.set(request, principal);
    return true;
  }

  private async authenticate(request: FastifyRequest, reply: FastifyReply): Promise<Principal | undefined> {
    const token = presentedToken(request);
    const realm = token && (await this.realmOf(token.text, request));
    if (!token || !realm?.settings.enabled || !isTransportAllowed(realm.settings.sslRequired, request))
      return undefined;
    const verified = await this.accessTokens.verify(realm, token, request, reply);
    if (verified.kind === 'invalid') return undefined;
    const { user, client, part, claims } = verified;
    return { realm, user, client, token: claims, ...(part ? { part } : {}) };
  }

  /** The realm the token says it is from; believed only for finding the key to check it with. */
  private async realmOf(token: string, request: FastifyRequest): Promise<Realm | undefined> {
    const issuer = decodeJws(token)?.claims['iss'];
    const prefix = `${this.publicUrl.base(request)}/realms/`;
    if (typeof issuer !== 'string' || !issuer.startsWith(prefix)) return undefined;
    const name = issuer.slice(prefix.length);
    return /^[^/]+$/.test(name) ? this.realms.byName(decodeQuietly(name)) : undefined;
  }
}

function decodeQuietly(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
