import type { UserAdministration } from '../administration/user-administration.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import { toUserRepresentation } from '../representations/user-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';

/** Users as a caller sees them. */
export class UserViews {
  constructor(private readonly users: UserAdministration) {}

  /** One user, with all that the caller may do with it. */
  async full(user: User, caller: AdminCaller, { name }: Realm): Promise<JsonObject> {
    const [view, manage] = [caller.may('viewUsers', name), caller.may('manageUsers', name)];
    const access = {
      manageGroupMembership: manage,
      resetPassword: manage,
      view,
      mapRoles: manage,
      impersonate: caller.may('impersonate', name),
      manage,
    };
    return toUserRepresentation(user, { totp: await this.users.hasOtp(user), access });
  }

  /** Rows of a list, which tell only whether the caller may manage. @param brief leaves out attributes */
  listed(users: readonly User[], caller: AdminCaller, { name }: Realm, brief = false): Promise<readonly JsonObject[]> {
    const access = { manage: caller.may('manageUsers', name) };
    return Promise.all(
      users.map(async (user) =>
        toUserRepresentation(brief ? { ...user, attributes: {} } : user, {
          totp: await this.users.hasOtp(user),
          access,
        }),
      ),
    );
  }

  /** A user without a word about the caller (holders of a role, members of a group, service accounts). */
  async plain(user: User): Promise<JsonObject> {
    return toUserRepresentation(user, { totp: await this.users.hasOtp(user) });
  }

  /** Users by id, in the order of the ids. */
  async byIds(realm: Realm, ids: readonly string[]): Promise<readonly JsonObject[]> {
    return Promise.all((await this.users.byIds(realm, ids)).map((user) => this.plain(user)));
  }
}
