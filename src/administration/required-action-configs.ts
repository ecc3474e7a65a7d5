import type { ConfigProperty } from '../engine/index.js';
import type { Realm, RequiredActionSetting } from '../realm/realm.js';
import { actionConfigProblem, actionProperties } from '../required-actions/action-config.js';
import { ActionConfigError, administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

type Values = Readonly<Record<string, string>>;

/** How the required actions of a realm are configured (Admin API reference 5.1). */
export class RequiredActionConfigs {
  constructor(private readonly editing: RealmEditing) {}

  /** @throws NotFoundError `action_description_unknown` */
  properties(realm: Realm, alias: string): readonly ConfigProperty[] {
    const action = realm.requiredActions.find((each) => each.alias === alias);
    const properties = action ? actionProperties(action.providerId) : [];
    if (properties.length === 0) throw administrationErrors.actionDescriptionUnknown();
    return properties;
  }

  /** @throws InvalidInputError `action_not_configurable` */
  get(realm: Realm, alias: string): Values {
    return found(realm, alias).config;
  }

  /**
   * Replaces the config. What nobody declared, and what is empty, is left out.
   * @throws InvalidInputError `action_not_configurable` @throws ActionConfigError naming the first value that cannot be used
   */
  async set(realmId: string, alias: string, values: Values): Promise<void> {
    await this.change(realmId, alias, ({ providerId }) => {
      const declared = new Set(actionProperties(providerId).map(({ name }) => name));
      const kept = Object.fromEntries(
        Object.entries(values).filter(([name, value]) => declared.has(name) && value !== ''),
      );
      const problem = actionConfigProblem(kept);
      if (problem) throw new ActionConfigError(problem);
      return kept;
    });
  }

  /** @throws InvalidInputError `action_not_configurable` */
  remove(realmId: string, alias: string): Promise<void> {
    return this.change(realmId, alias, () => ({}));
  }

  private async change(
    realmId: string,
    alias: string,
    change: (action: RequiredActionSetting) => Values,
  ): Promise<void> {
    await this.editing.change(realmId, (realm) => {
      const config = change(found(realm, alias));
      const requiredActions = realm.requiredActions.map((each) => (each.alias === alias ? { ...each, config } : each));
      return { ...realm, requiredActions };
    });
  }
}

function found({ requiredActions }: Realm, alias: string): RequiredActionSetting {
  const action = requiredActions.find((each) => each.alias === alias);
  if (!action || actionProperties(action.providerId).length === 0) throw administrationErrors.actionNotConfigurable();
  return action;
}
