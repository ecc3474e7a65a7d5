import type { FlowBindings, Realm, RequiredActionSetting } from '../realm/realm.js';
import { sealSecrets } from '../representations/kept-secrets.js';
import { sealAttributes } from '../representations/secret-attributes.js';
import { keptOf, settingsOf } from '../representations/realm-representation.js';
import { definedEntries, textEntries } from '../representations/text-entries.js';
import type { Json, JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import { newId } from '../shared/secrets.js';
import { checkWebhookSettings } from '../webhooks/webhook-settings.js';
import { KEY_PROVIDER_TYPE } from '../tokens/key-providers.js';
import type { NameIndex } from './name-index.js';
import { fileError, requiredText } from './name-index.js';
import type { RoleNames } from './plan-roles.js';
import type { SeededRealm } from './seeded-realm.js';

interface RealmSurroundings {
  readonly realmId: string;
  readonly bindings: FlowBindings;
  readonly roles: RoleNames;
  readonly scopes: NameIndex;
  readonly groups: NameIndex;
  readonly sealer: Sealer;
  /** Members of the file that nobody knows. */
  readonly unknownMembers: JsonObject;
}

/** The realm itself. @throws InvalidInputError */
export function planRealm(seeded: SeededRealm, around: RealmSurroundings): Realm {
  const { body, template } = seeded;
  checkWebhookSettings(body.attributes ?? {});
  const names = (list: readonly string[], index: NameIndex, member: string): readonly string[] =>
    list.map((name, at) => index.get(name, `${member}[${String(at)}]`));
  return {
    id: around.realmId,
    name: seeded.name,
    settings: { ...template.settings, ...settingsOf(body, template.settings) },
    bindings: around.bindings,
    requiredActions: requiredActionsOf(seeded),
    defaultRoleId: around.roles.realmRole(seeded.defaultRole, 'defaultRole.name'),
    defaultDefaultClientScopes: names(seeded.defaultClientScopes, around.scopes, 'defaultDefaultClientScopes'),
    defaultOptionalClientScopes: names(seeded.optionalClientScopes, around.scopes, 'defaultOptionalClientScopes'),
    defaultGroups: names(body.defaultGroups ?? [], around.groups, 'defaultGroups'),
    attributes: sealAttributes(
      { ...template.attributes, ...definedEntries(body.attributes) },
      around.sealer,
      around.realmId,
    ),
    extra: sealSecrets(
      { ...template.kept, ...around.unknownMembers, ...keptOf(body), ...componentsOf(seeded) },
      around.sealer,
      around.realmId,
    ),
  };
}

/** Components other than keys, which live sealed in rows of their own. */
function componentsOf({ body }: SeededRealm): JsonObject {
  const others = [...(body.components ?? [])].filter(([type]) => type !== KEY_PROVIDER_TYPE);
  const plain = others.map(
    ([type, list]) => [type, list.map((component) => ({ id: newId(), ...component }) as unknown as Json)] as const,
  );
  return plain.length > 0 ? { components: Object.fromEntries(plain) } : {};
}

function requiredActionsOf({ requiredActions }: SeededRealm): readonly RequiredActionSetting[] {
  const aliases = new Set<string>();
  return requiredActions.map((action, at) => {
    const path = `requiredActions[${String(at)}].alias`;
    const alias = requiredText(action.alias, path);
    if (aliases.has(alias)) throw fileError('duplicate_name', path, `there is another required action "${alias}"`);
    aliases.add(alias);
    return {
      alias,
      ...(action.name !== undefined && { name: action.name }),
      providerId: action.providerId ?? alias,
      enabled: action.enabled ?? false,
      defaultAction: action.defaultAction ?? false,
      priority: action.priority ?? at * 10,
      config: textEntries(action.config),
    };
  });
}
