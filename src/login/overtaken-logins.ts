import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User, UserStore } from '../realm/user.js';

/** Tells logins that began before somebody took the account, the client or the realm out of their reach. */
export class OvertakenLogins {
  constructor(private readonly users: Pick<UserStore, 'credentials'>) {}

  /**
   * True when tokens of before now are no longer accepted, or the password was changed by somebody else, since the login's proof.
   * @param provenAt milliseconds of the proof; a password the person chose in this login is a proof of that moment
   */
  async isOvertaken(
    { realm, client, user }: { readonly realm: Realm; readonly client: Client; readonly user: User },
    provenAt: number,
  ): Promise<boolean> {
    const notBefore = Math.max(realm.settings.notBefore, client.notBefore, user.notBefore) * 1000;
    if (notBefore > provenAt) return true;
    const credentials = await this.users.credentials(realm.id, user.id);
    return credentials.some(({ type, createdDate }) => type === 'password' && createdDate > provenAt);
  }
}
