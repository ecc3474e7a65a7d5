import { configureTotp } from './configure-totp/configure-totp.action.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { RequiredAction, RequiredActionFactory, RequiredActionPorts } from './required-action.js';
import { termsAndConditions } from './terms-and-conditions/terms-and-conditions.action.js';
import { updatePassword } from './update-password/update-password.action.js';
import { updateProfile } from './profile/update-profile.action.js';
import { verifyEmail } from './verify-email/verify-email.action.js';
import { verifyProfile } from './profile/verify-profile.action.js';

export type { ActionContext, ActionEvent, RequiredAction, RequiredActionPorts } from './required-action.js';

/** THE list of required actions that work. To add one: make its folder, add it here. */
const REQUIRED_ACTIONS: readonly RequiredActionFactory[] = [
  termsAndConditions,
  updateProfile,
  configureTotp,
  updatePassword,
  verifyEmail,
  verifyProfile,
];

/** The required actions by id, ready to run. */
export class RequiredActions {
  private readonly byId: ReadonlyMap<string, RequiredAction>;

  constructor(ports: RequiredActionPorts) {
    this.byId = new Map(REQUIRED_ACTIONS.map((create) => create(ports)).map((action) => [action.id, action]));
  }

  /** Undefined for an action that is listed but not built yet: a login skips it. */
  find(providerId: string): RequiredAction | undefined {
    return this.byId.get(providerId);
  }

  /** Ids of the enabled actions that the state of the account asks for: an old password, an address not confirmed, a profile with gaps. */
  async triggered(realm: Realm, user: User): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { alias, enabled } of realm.requiredActions) {
      if (enabled && (await this.byId.get(alias)?.isTriggered?.(realm, user))) found.push(alias);
    }
    return found;
  }
}
