import type { AuthenticatorRegistry } from '../engine/index.js';
import { flowById } from '../flows/flow-catalog.js';
import { findProvider } from '../flows/step-providers.js';
import type { FlowCatalog } from '../flows/stored-flow.js';
import { forgottenIn, keptOf } from '../representations/realm-representation.js';
import type { Json } from '../shared/json.js';
import { KEY_PROVIDER_TYPE } from '../tokens/key-providers.js';
import type { SeededRealm } from './seeded-realm.js';

/** False for what says nothing: absent, false, empty. */
export function holdsSomething(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (typeof value === 'object')
    return Object.values(value).some((member) => holdsSomething(member) || typeof member === 'number');
  return true;
}

/** Members of the realm itself that have no effect, when they differ from a new realm's. */
export function membersNotUnderstood({ body, template }: SeededRealm): readonly string[] {
  const kept = Object.entries(keptOf(body))
    .filter(([member, value]) => holdsSomething(value) && !same(value, template.kept[member]))
    .map(([member, value]) => `${member}${namesIn(value)}`);
  const components = [...(body.components ?? [])].filter(
    ([type, list]) => type !== KEY_PROVIDER_TYPE && list.length > 0,
  );
  return [
    ...kept,
    ...forgottenIn(body),
    ...components.map(
      ([type, list]) =>
        `components ${type} (${[...new Set(list.map(({ providerId }) => providerId ?? '?'))].join(', ')})`,
    ),
  ];
}

/**
 * Providers in flows that this server does not have, or lists without being able to run them: they answer "attempted". Built-in
 * flows are left out, every realm has them.
 */
export function providersNotUnderstood(catalog: FlowCatalog, registry: AuthenticatorRegistry): readonly string[] {
  const found = catalog.executions.flatMap(({ authenticator, parentFlowId, flowId, requirement }) => {
    const flow = flowById(catalog, parentFlowId);
    if (!flow || flow.builtIn || requirement === 'DISABLED' || authenticator === undefined || flowId !== undefined)
      return [];
    const known = findProvider(registry, flow.providerId, authenticator) !== undefined;
    return known && registry.find(authenticator)?.descriptor.available !== false
      ? []
      : [`authenticator ${authenticator}`];
  });
  return [...new Set(found)];
}

/** Aliases or names of the things in a list, for the warning. */
function namesIn(value: Json): string {
  if (!Array.isArray(value)) return '';
  const names = (value as readonly Json[]).flatMap((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
    const named = item as { readonly alias?: Json; readonly name?: Json; readonly username?: Json };
    const name = named.alias ?? named.name ?? named.username;
    return typeof name === 'string' ? [name] : [];
  });
  return names.length > 0 ? ` (${names.join(', ')})` : '';
}

/** Equality of JSON values, whatever the order of members. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && same(value, right.get(key) as Json))
  );
}
