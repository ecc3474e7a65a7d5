import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import type { User, UserStore } from '../realm/user.js';
import { newUser } from '../representations/user-representation.js';
import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/secrets.js';

const usernameOf = (clientId: string): string => `service-account-${clientId}`;

/** The accounts under which clients act for themselves. They come, go and are renamed with what their client says. */
export class ServiceAccounts {
  constructor(
    private readonly users: UserStore,
    private readonly roles: RoleStore,
    private readonly clock: Clock,
  ) {}

  /** The account of a client, if it has one. */
  of(client: Pick<Client, 'realmId' | 'id'>): Promise<User | undefined> {
    return this.users.serviceAccountOf(client.realmId, client.id);
  }

  /** Brings the account in line with its client; call it in the unit of work that stores the client. */
  async follow(realm: Realm, client: Client): Promise<void> {
    const account = await this.of(client);
    if (!client.serviceAccountsEnabled) {
      if (account) await this.users.delete(realm.id, account.id);
    } else if (!account) await this.create(realm, client);
    else if (account.username !== usernameOf(client.clientId).toLowerCase()) {
      await this.users.update({ ...account, username: usernameOf(client.clientId).toLowerCase() }, false);
    }
  }

  /** Deletes the account of a client that is going away. */
  async remove(client: Client): Promise<void> {
    const account = await this.of(client);
    if (account) await this.users.delete(client.realmId, account.id);
  }

  private async create(realm: Realm, client: Client): Promise<void> {
    const known = { id: newId(), realmId: realm.id, username: usernameOf(client.clientId), now: this.clock.now() };
    await this.users.insert({ ...newUser({ enabled: true }, known), serviceAccountClientId: client.id }, false);
    if (realm.defaultRoleId !== undefined) await this.roles.mapToUser(realm.id, known.id, [realm.defaultRoleId]);
  }
}
