import { flagOf, textOf } from '../http/query-parameters.js';
import type { UserQuery } from '../realm/user.js';

const BY_ID = /^id:\s*/;
/** `key:value`, either part in double quotes when it has spaces. */
const ATTRIBUTE = /("[^"]*"|[^\s":]+):("[^"]*"|[^\s"]+)/g;

/** The filters of `GET users` and `GET users/count` (Admin API reference 5.3), without paging. */
export function userQueryOf(query: unknown): UserQuery {
  const search = textOf(query, 'search')?.trim();
  if (search !== undefined && BY_ID.test(search))
    return { ids: search.replace(BY_ID, '').split(/\s+/).filter(Boolean) };
  // Nobody has an account at another provider.
  if (textOf(query, 'idpAlias') !== undefined || textOf(query, 'idpUserId') !== undefined) return { ids: [] };
  const attributes = attributesOf(textOf(query, 'q'));
  const filters = {
    search,
    username: textOf(query, 'username'),
    email: textOf(query, 'email'),
    firstName: textOf(query, 'firstName'),
    lastName: textOf(query, 'lastName'),
    exact: flagOf(query, 'exact'),
    enabled: flagOf(query, 'enabled'),
    emailVerified: flagOf(query, 'emailVerified'),
    attributes: Object.keys(attributes).length > 0 ? attributes : undefined,
  };
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}

/** The attributes that `q` asks for. */
export function attributesOf(q: string | undefined): Record<string, string> {
  const unquoted = (text: string): string => text.replace(/^"|"$/g, '');
  return Object.fromEntries(
    [...(q ?? '').matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [unquoted(key), unquoted(value)]),
  );
}
