import type { FastifyRequest } from 'fastify';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import { ForbiddenError } from '../shared/errors.js';
import type { RoleAccess } from '../tokens/role-access.js';
import type { ScopeResolver } from '../tokens/scopes.js';
import type { SessionPart } from '../tokens/token-lifespan.js';

/** Client that holds the roles of people in their own account, and is the audience of tokens for it. */
export const ACCOUNT_CLIENT = 'account';

/** What people may do with their own account: roles of the client `account`. */
export type AccountRole =
  'view-profile' | 'manage-account' | 'view-applications' | 'view-consent' | 'manage-consent' | 'view-groups';

/** A person at their own account. */
export class AccountCaller {
  constructor(
    readonly realm: Realm,
    readonly user: User,
    /** The application they use. */
    readonly client: Client,
    private readonly roles: ReadonlySet<string>,
    readonly ipAddress: string,
    /** The session they are signed in with; absent for those who proved themselves in this one request. */
    readonly part?: SessionPart,
  ) {}

  /** @throws ForbiddenError when the caller has none of the roles */
  require(...anyOf: readonly [AccountRole, ...AccountRole[]]): void {
    if (!anyOf.some((role) => this.roles.has(role)))
      throw new ForbiddenError('forbidden', 'HTTP 403 Forbidden', { detail: `lacks ${anyOf.join(' and ')}` });
  }
}

/** Finds out what a person may do with their account: the *stored* roles, within what the application may carry. */
export class AccountCallers {
  constructor(
    private readonly access: RoleAccess,
    private readonly scopes: ScopeResolver,
    private readonly clients: ClientStore,
  ) {}

  /** The client `account`, unless the realm has switched it off. */
  async accountClient(realm: Realm): Promise<Client | undefined> {
    const client = await this.clients.byClientId(realm.id, ACCOUNT_CLIENT);
    return client?.enabled ? client : undefined;
  }

  async of(
    request: Pick<FastifyRequest, 'ip'>,
    realm: Realm,
    user: User,
    client: Client,
    part?: SessionPart,
  ): Promise<AccountCaller> {
    const scope = part
      ? await this.scopes.restore(client, part.clientSession.scope)
      : await this.scopes.resolve(client, undefined);
    const roles = scope && (await this.access.of(client, scope, user.id)).roles.clients[ACCOUNT_CLIENT];
    return new AccountCaller(realm, user, client, new Set(roles), request.ip, part);
  }
}
