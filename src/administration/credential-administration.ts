import { PASSWORD_HISTORY } from '../realm/user-passwords.js';
import type { Realm } from '../realm/realm.js';
import type { Credential, UserStore } from '../realm/user.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';

/** Step between the priorities of a user's credentials. */
const STEP = 10;

/** What users can prove, as administrators see and arrange it. */
export class CredentialAdministration {
  constructor(
    private readonly users: UserStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** In the user's own order; earlier passwords prove nothing and are left out. */
  async list(realm: Realm, userId: string): Promise<readonly Credential[]> {
    return (await this.users.credentials(realm.id, userId)).filter(({ type }) => type !== PASSWORD_HISTORY);
  }

  /** @throws NotFoundError `credential_unknown` */
  async delete(realm: Realm, userId: string, id: string): Promise<void> {
    const deleted = await this.unitOfWork.run(() => this.users.deleteCredential(realm.id, userId, id));
    if (!deleted) throw administrationErrors.credentialUnknown();
  }

  /** @throws InvalidInputError `credential_label` @throws NotFoundError `credential_unknown` */
  async label(realm: Realm, userId: string, id: string, label: string): Promise<void> {
    if (label.trim() === '') throw administrationErrors.credentialLabel();
    await this.unitOfWork.run(async () => {
      const credential = (await this.list(realm, userId)).find((each) => each.id === id);
      if (!credential) throw administrationErrors.credentialUnknown();
      await this.users.updateCredential({ ...credential, userLabel: label });
    });
  }

  /**
   * Moves a credential behind another, or to the front. Where the other is unknown nothing happens, as at the reference.
   * @throws NotFoundError `credential_unknown`
   */
  async move(realm: Realm, userId: string, id: string, behind?: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const all = await this.users.credentials(realm.id, userId);
      const moved = all.find((each) => each.id === id);
      const others = all.filter((each) => each.id !== id);
      const at = behind === undefined ? 0 : others.findIndex((each) => each.id === behind) + 1;
      if (!moved) throw administrationErrors.credentialUnknown();
      if (behind !== undefined && at === 0) return;
      for (const [index, credential] of others.toSpliced(at, 0, moved).entries()) {
        const priority = (index + 1) * STEP;
        if (credential.priority !== priority) await this.users.updateCredential({ ...credential, priority });
      }
    });
  }
}
