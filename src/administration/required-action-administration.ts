import type { Realm, RequiredActionSetting } from '../realm/realm.js';
import { REQUIRED_ACTIONS } from '../realm-files/defaults/required-actions.js';
import type { RequiredActionBody } from '../representations/flow-body.js';
import { textEntries } from '../representations/text-entries.js';
import { administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

/** An action that the server knows and a realm does not offer. */
export interface UnregisteredAction {
  readonly providerId: string;
  readonly name: string;
}

/** Required actions as a realm offers them. */
export class RequiredActionAdministration {
  constructor(private readonly editing: RealmEditing) {}

  /** By priority. */
  list(realm: Realm): readonly RequiredActionSetting[] {
    return realm.requiredActions.toSorted((a, b) => a.priority - b.priority);
  }

  /** @throws NotFoundError `required_action_unknown` */
  get(realm: Realm, alias: string): RequiredActionSetting {
    const action = realm.requiredActions.find((each) => each.alias === alias);
    if (!action) throw administrationErrors.actionUnknown();
    return action;
  }

  /**
   * Replaces what may be set; the provider stays. The alias of the body renames it.
   * @throws NotFoundError `required_action_unknown` @throws ConflictError `duplicate_resource`
   */
  async update(realmId: string, alias: string, body: RequiredActionBody): Promise<void> {
    await this.change(realmId, (actions) => {
      const action = actions.find((each) => each.alias === alias);
      if (!action) throw administrationErrors.actionUnknown();
      const renamed = body.alias === undefined || body.alias === '' ? alias : body.alias;
      if (renamed !== alias && actions.some((each) => each.alias === renamed)) throw administrationErrors.actionTaken();
      const changed: RequiredActionSetting = {
        ...action,
        alias: renamed,
        ...(body.name !== undefined && { name: body.name }),
        enabled: body.enabled ?? false,
        defaultAction: body.defaultAction ?? false,
        priority: body.priority ?? 0,
        config: body.config === undefined ? action.config : textEntries(body.config),
      };
      return actions.map((each) => (each.alias === alias ? changed : each));
    });
  }

  /** @throws NotFoundError `required_action_unknown` */
  async delete(realmId: string, alias: string): Promise<void> {
    await this.change(realmId, (actions) => {
      if (!actions.some((each) => each.alias === alias)) throw administrationErrors.actionGone();
      return actions.filter((each) => each.alias !== alias);
    });
  }

  /** Swaps the priority with the neighbour above or below; at the end of the list nothing happens. @throws as `delete` */
  async move(realmId: string, alias: string, direction: 'raise' | 'lower'): Promise<void> {
    await this.change(realmId, (actions) => {
      const ordered = actions.toSorted((a, b) => a.priority - b.priority);
      const at = ordered.findIndex((each) => each.alias === alias);
      const action = ordered[at];
      if (!action) throw administrationErrors.actionGone();
      const neighbour = ordered[direction === 'raise' ? at - 1 : at + 1];
      if (!neighbour) return actions;
      const swapped = new Map([
        [action.alias, neighbour.priority],
        [neighbour.alias, action.priority],
      ]);
      return actions.map((each) => ({ ...each, priority: swapped.get(each.alias) ?? each.priority }));
    });
  }

  unregistered(realm: Realm): readonly UnregisteredAction[] {
    const offered = new Set(realm.requiredActions.map(({ providerId }) => providerId));
    return REQUIRED_ACTIONS.filter(({ providerId }) => !offered.has(providerId)).map(
      ({ providerId, name = providerId }) => ({ providerId, name }),
    );
  }

  /**
   * Offers an action, enabled and last.
   * @throws InvalidInputError `action_provider_unknown` @throws ConflictError `duplicate_resource`
   */
  async register(realmId: string, providerId: string | undefined, name: string | undefined): Promise<void> {
    const known = REQUIRED_ACTIONS.find((action) => action.providerId === providerId);
    if (!known) throw administrationErrors.actionProviderUnknown();
    await this.change(realmId, (actions) => {
      if (actions.some((each) => each.alias === known.alias)) throw administrationErrors.actionTaken();
      const priority = Math.max(-1, ...actions.map((each) => each.priority)) + 1;
      return [...actions, { ...known, name: name ?? known.name ?? known.alias, enabled: true, priority }];
    });
  }

  private async change(
    realmId: string,
    change: (actions: readonly RequiredActionSetting[]) => readonly RequiredActionSetting[],
  ): Promise<void> {
    await this.editing.change(realmId, (realm) => ({ ...realm, requiredActions: change(realm.requiredActions) }));
  }
}
