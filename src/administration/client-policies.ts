import type { Realm } from '../realm/realm.js';
import type { Json, JsonObject } from '../shared/json.js';
import { InvalidInputError } from '../shared/errors.js';
import type { RealmEditing } from './realm-editing.js';

/** The two lists, and the member of the realm and of the representation that each is. */
const LISTS = {
  profiles: { member: 'clientProfiles', list: 'profiles', global: 'globalProfiles' },
  policies: { member: 'clientPolicies', list: 'policies', global: 'globalPolicies' },
} as const;
export type PolicyList = keyof typeof LISTS;

/** Client policies and their profiles: data of the realm that is kept and given back, and forbids no client anything yet. */
export class ClientPolicies {
  constructor(private readonly editing: RealmEditing) {}

  /** @param withGlobal adds the server's own, of which there are none */
  get(realm: Realm, kind: PolicyList, withGlobal: boolean): JsonObject {
    const { member, list, global } = LISTS[kind];
    const kept = realm.extra[member];
    return { [list]: entries(isObject(kept) ? kept[list] : undefined), ...(withGlobal && { [global]: [] }) };
  }

  /** Replaces the list. @throws InvalidInputError `wrong_type`, `member_missing`, `duplicate_name` */
  async set(realmId: string, kind: PolicyList, body: unknown): Promise<void> {
    const { member, list } = LISTS[kind];
    const given = isObject(body) ? body[list] : undefined;
    if (!isObject(body) || (given !== undefined && !Array.isArray(given)))
      throw new InvalidInputError('wrong_type', 'A list is needed', { field: list });
    const items = entries(given);
    checkNames(items, list);
    await this.editing.change(realmId, (realm) => ({
      ...realm,
      extra: { ...realm.extra, [member]: { [list]: items } },
    }));
  }
}

function checkNames(items: readonly Json[], list: string): void {
  const names = new Set<string>();
  for (const [at, item] of items.entries()) {
    const field = `${list}[${String(at)}].name`;
    const name = isObject(item) ? item['name'] : undefined;
    if (typeof name !== 'string' || name === '')
      throw new InvalidInputError('member_missing', 'A name is needed', { field });
    if (names.has(name)) throw new InvalidInputError('duplicate_name', `There is another "${name}"`, { field });
    names.add(name);
  }
}

const entries = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
