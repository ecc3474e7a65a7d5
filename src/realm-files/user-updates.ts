import type { GroupStore } from '../realm/group.js';
import type { RoleStore } from '../realm/role.js';
import type { UserConsentStore } from '../realm/user-consent.js';
import type { UserRecord } from '../realm/user-records.js';
import type { UserStore } from '../realm/user.js';

/** Writes a user over the one that is there. Call it in a unit of work. */
export class UserUpdates {
  constructor(
    private readonly users: UserStore,
    private readonly roles: RoleStore,
    private readonly groups: GroupStore,
    private readonly consents: UserConsentStore,
  ) {}

  /** @param after under the id of `before` @throws ConflictError `username_exists`, `email_exists` */
  async write(before: UserRecord, after: UserRecord, uniqueEmail: boolean): Promise<void> {
    const { realmId, id } = before.user;
    await this.users.update(after.user, uniqueEmail);
    // A credential that is the same row again keeps what is remembered of it (the last one-time code).
    const kept = new Set(after.credentials.map((credential) => credential.id));
    const known = new Set(before.credentials.map((credential) => credential.id));
    for (const old of before.credentials) if (!kept.has(old.id)) await this.users.deleteCredential(realmId, id, old.id);
    for (const credential of after.credentials) {
      if (known.has(credential.id)) await this.users.updateCredential(credential);
      else await this.users.insertCredential(credential);
    }
    const [roles, groups] = [missing(before.roleIds, after.roleIds), missing(before.groupIds, after.groupIds)];
    if (roles.gone.length > 0) await this.roles.unmapFromUser(realmId, id, roles.gone);
    if (roles.added.length > 0) await this.roles.mapToUser(realmId, id, roles.added);
    for (const groupId of groups.gone) await this.groups.removeMember(realmId, groupId, id);
    for (const groupId of groups.added) await this.groups.addMember(realmId, groupId, id);
    const clients = new Set(after.consents.map(({ clientId }) => clientId));
    for (const { clientId } of before.consents)
      if (!clients.has(clientId)) await this.consents.delete(realmId, id, clientId);
    for (const consent of after.consents) await this.consents.put(consent);
  }
}

const missing = (before: readonly string[], after: readonly string[]) => ({
  gone: before.filter((id) => !after.includes(id)),
  added: after.filter((id) => !before.includes(id)),
});
