import { toConfigProperty } from '../representations/config-property-representation.js';
import type { JsonObject } from '../shared/json.js';
import { KEY_PROVIDER_TYPE, KEY_PROVIDERS, type KeyConfigRule } from '../tokens/key-providers.js';
import { KEPT_PROVIDERS } from './kept-components.js';

/** Every kind of component that may be made here, by its provider type: ComponentTypeRepresentation. */
export const COMPONENT_TYPES: ReadonlyMap<string, readonly JsonObject[]> = new Map([
  ...Object.entries(KEPT_PROVIDERS).map(
    ([kind, ids]) => [kind, ids.map((id) => componentType(id, []))] as [string, readonly JsonObject[]],
  ),
  [KEY_PROVIDER_TYPE, [...KEY_PROVIDERS.values()].map(({ id, rules }) => componentType(id, rules.map(ruleProperty)))],
]);

function componentType(id: string, properties: readonly JsonObject[]): JsonObject {
  return { id, helpText: '', properties, metadata: {} };
}

/** How a console asks for a member of the config. None is marked as required, as at the reference: who saves is told. */
function ruleProperty({ key, label, value, secret = false, defaultValue, offered = {} }: KeyConfigRule): JsonObject {
  const isList = typeof value === 'object';
  const type = offered.isFile ? 'File' : isList ? 'List' : value === 'flag' ? 'boolean' : 'String';
  return toConfigProperty({
    name: key,
    label: offered.label ?? label,
    type,
    secret,
    ...(defaultValue !== undefined && { defaultValue }),
    ...(isList && { options: offered.values ?? value }),
  });
}
