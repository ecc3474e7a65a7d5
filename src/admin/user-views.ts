import type { UserAdministration } from '../administration/user-administration.js';
import type { Realm } from '../realm/realm.js';
import { UserProfile } from '../realm/user-profile/user-profile.js';
import type { User } from '../realm/user.js';
import { toProfileMetadata } from '../representations/user-profile-representation.js';
import { toUserRepresentation } from '../representations/user-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';

/** Users as a caller sees them. */
export class UserViews {
  constructor(private readonly users: UserAdministration) {}

  /** One user, with all that the caller may do with it. */
  async full(user: User, caller: AdminCaller, realm: Realm, withMetadata = false): Promise<JsonObject> {
    const { name } = realm;
    const [view, manage] = [caller.may('viewUsers', name), caller.may('manageUsers', name)];
    const access = {
      manageGroupMembership: manage,
      resetPassword: manage,
      view,
      mapRoles: manage,
      impersonate: caller.may('impersonate', name),
      manage,
    };
    return toUserRepresentation(shown(realm, user), {
      totp: await this.hasOtp(user),
      access,
      ...(withMetadata && { metadata: toProfileMetadata(realm, 'admin') }),
    });
  }

  /** Rows of a list, which tell only whether the caller may manage. @param brief leaves out attributes */
  async listed(
    users: readonly User[],
    caller: AdminCaller,
    realm: Realm,
    brief = false,
  ): Promise<readonly JsonObject[]> {
    const access = { manage: caller.may('manageUsers', realm.name) };
    const withOtp = await this.users.withOtp(realm, users);
    return users.map((user) =>
      toUserRepresentation(brief ? { ...user, attributes: {} } : shown(realm, user), {
        totp: withOtp.has(user.id),
        access,
      }),
    );
  }

  /** A user without a word about the caller (holders of a role, members of a group, service accounts). */
  async plain(user: User): Promise<JsonObject> {
    return toUserRepresentation(user, { totp: await this.hasOtp(user) });
  }

  /** Users by id, in the order of the ids. */
  async byIds(realm: Realm, ids: readonly string[], brief = false): Promise<readonly JsonObject[]> {
    const users = await this.users.byIds(realm, ids);
    const withOtp = await this.users.withOtp(realm, users);
    return users.map((user) =>
      toUserRepresentation(brief ? { ...user, attributes: {} } : shown(realm, user), { totp: withOtp.has(user.id) }),
    );
  }

  private async hasOtp(user: User): Promise<boolean> {
    return (await this.users.withOtp({ id: user.realmId }, [user])).has(user.id);
  }
}

/** With the attributes that administrators may see. Accounts of clients are described by no profile. */
const shown = (realm: Realm, user: User): User =>
  user.serviceAccountClientId === undefined
    ? { ...user, attributes: UserProfile.of(realm).visible(user.attributes, 'admin') }
    : user;
