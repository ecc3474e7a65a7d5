import { createHash } from 'node:crypto';
import type { User, UserQuery } from '../realm/user.js';
import { likeLiteral, type Parameters } from './sql.js';

const NAMED = { username: 'username', email: 'email', firstName: 'first_name', lastName: 'last_name' } as const;

/**
 * The order by username. Few have the address or the ids: an expression keeps SQLite from walking through all users only because they lie
 * in this order.
 */
export const orderOf = ({ exact, email, ids }: UserQuery): string =>
  (exact && email !== undefined) || ids ? "u.username || ''" : 'u.username';

/** The condition over `user_account u` for users of realm $1 that match, without service accounts. The columns hold lower case. */
export function matching(query: UserQuery, parameters: Parameters): string {
  const conditions = ['u.realm_id = $1', 'u.service_account_client_id IS NULL'];
  for (const word of query.search?.toLowerCase().split(/\s+/).filter(Boolean) ?? [])
    conditions.push(anyNameLike(word, parameters));
  for (const member of ['username', 'email', 'firstName', 'lastName'] as const) {
    const wanted = query[member]?.toLowerCase();
    if (wanted === undefined) continue;
    const column = `u.${NAMED[member]}`;
    conditions.push(
      query.exact ? `${column} = ${parameters.add(wanted)}` : like(column, `%${likeLiteral(wanted)}%`, parameters),
    );
  }
  if (query.enabled !== undefined) conditions.push(`u.enabled = ${parameters.add(query.enabled)}`);
  if (query.emailVerified !== undefined) conditions.push(`u.email_verified = ${parameters.add(query.emailVerified)}`);
  if (query.ids) conditions.push(`u.id IN (${parameters.addAll(query.ids)})`);
  for (const [name, value] of Object.entries(query.attributes ?? {}))
    conditions.push(hasAttribute(name, value, parameters));
  return conditions.join(' AND ');
}

/** One hash for each distinct value of each attribute. */
export function attributeHashes(attributes: User['attributes']): ReadonlySet<string> {
  return new Set(
    Object.entries(attributes).flatMap(([name, values]) => values.map((value) => attributeHash(name, value))),
  );
}

function attributeHash(name: string, value: string): string {
  return createHash('sha256')
    .update(JSON.stringify([name, value]))
    .digest('base64url');
}

/** A word of a search: `"x"` is exact, `*` stands for anything, and a word is a prefix. */
function anyNameLike(word: string, parameters: Parameters): string {
  const exact = /^"(.*)"$/.exec(word);
  const pattern = exact ? likeLiteral(exact[1] ?? '') : `${likeLiteral(word).replaceAll('*', '%')}%`;
  return `(${Object.values(NAMED)
    .map((column) => like(`u.${column}`, pattern, parameters))
    .join(' OR ')})`;
}

function hasAttribute(name: string, value: string, parameters: Parameters): string {
  return `EXISTS (SELECT 1 FROM user_attribute a WHERE a.realm_id = u.realm_id AND a.user_id = u.id
    AND a.hash = ${parameters.add(attributeHash(name, value))})`;
}

function like(column: string, pattern: string, parameters: Parameters): string {
  return `${column} LIKE ${parameters.add(pattern)} ESCAPE '\\'`;
}
