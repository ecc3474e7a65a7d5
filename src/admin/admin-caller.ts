import type { Principal } from '../http/bearer.guard.js';
import { ADMIN_REALM, masterClientId, REALM_MANAGEMENT } from '../realm/admin-realm.js';
import { ForbiddenError } from '../shared/errors.js';
import type { GrantedRoles, RoleAccess } from '../tokens/role-access.js';
import type { ScopeResolver } from '../tokens/scopes.js';
import { satisfies, type AdminRight } from './admin-rights.js';

/** Who calls the Admin API, and what they may do in the realm of the address. */
export class AdminCaller {
  constructor(
    readonly principal: Principal,
    private readonly granted: GrantedRoles,
  ) {}

  /** Names of the caller's admin roles in a realm. Tokens of `master` reach every realm, others only their own. */
  rolesIn(realmName: string): ReadonlySet<string> {
    const own = this.principal.realm.name;
    const holder = own === ADMIN_REALM ? masterClientId(realmName) : own === realmName ? REALM_MANAGEMENT : undefined;
    return new Set(holder === undefined ? [] : (this.granted.clients[holder] ?? []));
  }

  may(right: AdminRight, realmName: string): boolean {
    return satisfies(this.rolesIn(realmName), right);
  }

  /** @throws ForbiddenError */
  require(right: AdminRight, realmName: string): void {
    if (!this.may(right, realmName)) throw forbidden(`lacks ${right}`);
  }

  /** Whether the caller has this role of the realm `master` itself (`admin`, `create-realm`). */
  hasMasterRole(name: string): boolean {
    return this.principal.realm.name === ADMIN_REALM && this.granted.realm.includes(name);
  }
}

/** The refusal of an administrator who lacks a role; the detail is for the log. */
export const forbidden = (detail: string): ForbiddenError =>
  new ForbiddenError('forbidden', 'HTTP 403 Forbidden', { detail });

/**
 * Finds out what a caller may do: the *stored* roles of the user, within what the client of the token may carry. Tokens need not
 * name any (those of `admin-cli` do not), and a role that was taken away is gone at once.
 */
export class AdminCallers {
  constructor(
    private readonly access: RoleAccess,
    private readonly scopes: ScopeResolver,
  ) {}

  async of(principal: Principal): Promise<AdminCaller> {
    const { client, user, part } = principal;
    const scope = part
      ? await this.scopes.restore(client, part.clientSession.scope)
      : await this.scopes.resolve(client, undefined);
    if (!scope) throw forbidden('no scope');
    const { roles } = await this.access.of(client, scope, user.id);
    return new AdminCaller(principal, roles);
  }
}
