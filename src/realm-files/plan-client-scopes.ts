import type { ClientScope } from '../realm/client-scope.js';
import { toClientScope } from '../representations/client-scope-representation.js';
import { NameIndex, requiredText } from './name-index.js';
import type { PlanContext } from './realm-plan.js';
import type { SeededRealm } from './seeded-realm.js';

/** Client scopes, still without their scope mappings, and their names. @throws InvalidInputError */
export function planClientScopes(
  seeded: SeededRealm,
  { realmId, newId }: PlanContext,
): { scopes: readonly ClientScope[]; names: NameIndex } {
  const names = new NameIndex('client scope');
  const scopes = seeded.clientScopes.map((body, at) => {
    const path = `clientScopes[${String(at)}]`;
    const name = requiredText(body.name, `${path}.name`);
    const scope = toClientScope(body, { id: body.id ?? newId(), realmId, name }, newId, path);
    names.add(name, scope.id, `${path}.name`);
    return scope;
  });
  return { scopes, names };
}
