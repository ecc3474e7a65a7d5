import { ADMIN_REALM, masterClientId } from '../realm/admin-realm.js';
import type { ClientStore } from '../realm/client.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import type { Role, RoleStore } from '../realm/role.js';
import { newClient } from '../representations/client-representation.js';
import { toRole } from '../representations/role-representation.js';
import { newId } from '../shared/secrets.js';
import { roleHolder } from './defaults/clients.js';
import { adminRoles } from './defaults/roles.js';

/**
 * Lets the administrators of master administer other realms: each has a client `{realm}-realm` in master, whose roles are part of
 * master's role `admin`. Call it inside the unit of work that makes, renames or deletes the realm.
 */
export class MasterAdministration {
  constructor(
    private readonly realms: Pick<RealmStore, 'byName'>,
    private readonly clients: ClientStore,
    private readonly roles: RoleStore,
  ) {}

  /** Makes the client and its roles, and gives them to `admin`. Does nothing for master itself, or when they are there already. */
  async admit(realm: Pick<Realm, 'name'>): Promise<void> {
    const master = await this.realms.byName(ADMIN_REALM);
    if (realm.name === ADMIN_REALM || !master) return;
    const clientId = masterClientId(realm.name);
    if (await this.clients.byClientId(master.id, clientId)) return;

    const known = { id: newId(), realmId: master.id, clientId, defaultClientScopes: [], optionalClientScopes: [] };
    const client = newClient(roleHolder(clientId, `${realm.name} Realm`), known, { newId });
    await this.clients.insert(client);
    const roles = await this.insertRoles(master.id, client.id, clientId);
    const admin = await this.roles.byName(master.id, undefined, 'admin');
    if (admin) {
      await this.roles.addComposites(
        master.id,
        admin.id,
        roles.map(({ id }) => id),
      );
    }
  }

  /** Takes the client away again, with its roles. */
  async withdraw(realm: Pick<Realm, 'name'>): Promise<void> {
    const master = await this.realms.byName(ADMIN_REALM);
    const client =
      master && realm.name !== ADMIN_REALM
        ? await this.clients.byClientId(master.id, masterClientId(realm.name))
        : undefined;
    if (master && client) await this.clients.delete(master.id, client.id);
  }

  /** Follows a realm to its new name. */
  async rename(before: string, after: string): Promise<void> {
    const master = await this.realms.byName(ADMIN_REALM);
    const client = master && (await this.clients.byClientId(master.id, masterClientId(before)));
    if (client) await this.clients.update({ ...client, clientId: masterClientId(after), name: `${after} Realm` });
  }

  private async insertRoles(realmId: string, client: string, clientId: string): Promise<readonly Role[]> {
    const bodies = adminRoles(clientId);
    const ids = new Map(bodies.map((body) => [body.name ?? '', newId()]));
    const roles = bodies.map((body) => {
      const name = body.name ?? '';
      const contained = body.composites?.client?.[clientId] ?? [];
      const role = toRole(body, { id: ids.get(name) ?? newId(), realmId, clientId: client, name });
      return { ...role, composites: contained.flatMap((other) => ids.get(other) ?? []) };
    });
    for (const role of roles) await this.roles.insert({ ...role, composites: [] });
    for (const { id, composites } of roles) await this.roles.addComposites(realmId, id, composites);
    return roles;
  }
}
