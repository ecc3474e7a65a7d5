import { administrationErrors } from '../administration/administration-errors.js';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import type { Realm } from '../realm/realm.js';
import type { Role } from '../realm/role.js';
import type { Change, ThingKind } from '../realm-files/realm-differences.js';
import type { RealmPlan } from '../realm-files/realm-plan.js';
import type { Permit } from '../realm-files/realm-update.js';
import type { AdminCaller } from './admin-caller.js';
import type { AdminRight } from './admin-rights.js';
import type { RoleGrants } from './role-grants.js';

/** The right that each kind of thing takes where it is managed by itself. Of the realm itself only identity providers can be imported. */
const RIGHTS: Readonly<Partial<Record<ThingKind, AdminRight>>> = {
  realm: 'manageIdentityProviders',
  client: 'manageClients',
  'client role': 'manageClients',
  'realm role': 'manageRealm',
  group: 'manageUsers',
  user: 'manageUsers',
};

/**
 * Keeps an import from being a way around the rights: what is imported must be the caller's to manage, and no admin role may come
 * to anybody that the caller lacks. Every method throws ForbiddenError.
 */
export class ImportRights implements Permit {
  constructor(
    private readonly grants: RoleGrants,
    private readonly caller: AdminCaller,
    private readonly realm: Realm,
  ) {}

  /** @throws InvalidInputError `client_id_reserved` for a client that would hold roles over another realm */
  async structure(changes: readonly Change[], plan: RealmPlan): Promise<void> {
    for (const { kind, action, name } of changes) {
      this.requireOf(kind);
      if (kind === 'client' && action === 'created' && this.realm.name === ADMIN_REALM && name.endsWith('-realm'))
        throw administrationErrors.clientIdReserved();
    }
    await this.grants.require(this.caller, this.realm, rolesTouched(changes, plan));
  }

  async user(
    before: Parameters<Permit['user']>[0],
    after: Parameters<Permit['user']>[1],
    plan: RealmPlan,
  ): Promise<void> {
    this.requireOf('user');
    if (before) await this.grants.requireOfUser(this.caller, this.realm, before.user.id);
    await this.grants.require(
      this.caller,
      this.realm,
      rolesOf([...after.roleIds, ...rolesOfGroups(after.groupIds, plan)], plan),
    );
  }

  private requireOf(kind: ThingKind): void {
    const right = RIGHTS[kind];
    if (right !== undefined) this.caller.require(right, this.realm.name);
  }
}

/** Roles that are made or changed, what they bring, and what groups get. */
function rolesTouched(changes: readonly Change[], plan: RealmPlan): readonly Role[] {
  const touched = new Set(changes.map(({ id }) => id));
  const own = plan.roles.filter(({ id }) => touched.has(id));
  const groupIds = plan.groups.flatMap(({ group }) => (touched.has(group.id) ? group.id : []));
  return [...own, ...rolesOf([...own.flatMap(({ composites }) => composites), ...rolesOfGroups(groupIds, plan)], plan)];
}

/** Ids of the roles of groups and of those above them. */
function rolesOfGroups(groupIds: readonly string[], { groups }: RealmPlan): readonly string[] {
  const byId = new Map(groups.map((planned) => [planned.group.id, planned]));
  return groupIds.flatMap((first) => {
    const found: string[] = [];
    for (let id: string | undefined = first; id !== undefined; id = byId.get(id)?.group.parentId)
      found.push(...(byId.get(id)?.roleIds ?? []));
    return found;
  });
}

const rolesOf = (ids: readonly string[], { roles }: RealmPlan): readonly Role[] => {
  const wanted = new Set(ids);
  return roles.filter(({ id }) => wanted.has(id));
};
