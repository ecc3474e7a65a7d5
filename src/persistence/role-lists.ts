import type { ClientRole, ClientRoleQuery, RoleExclusion } from '../realm/role.js';
import { likeLiteral, type Parameters } from './sql.js';

/** A role of a client, with the client's name. */
export interface ClientRoleRow {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner_id: string;
  readonly client_id: string;
}

/**
 * The statement for a page of the roles of all clients of realm $1: clients and their roles come from the indexes in their order. SQLite
 * takes the sides of a CROSS JOIN as written.
 */
export function rolesOfClients({ search, without, first, max }: ClientRoleQuery, parameters: Parameters): string {
  const conditions = [
    'c.realm_id = $1',
    'r.realm_id = c.realm_id',
    'r.client_id = c.id',
    ...named(search, ['r.name_lower', 'lower(c.client_id)'], parameters),
    ...notAmong(without, 'r.', parameters),
  ];
  return `SELECT r.id, r.name, r.description, c.id AS owner_id, c.client_id
    FROM client c CROSS JOIN role r
    WHERE ${conditions.join(' AND ')} ORDER BY c.client_id, r.name${parameters.page(first, max)}`;
}

export const toClientRole = (row: ClientRoleRow): ClientRole => ({
  id: row.id,
  name: row.name,
  ...(row.description !== null && { description: row.description }),
  clientId: row.owner_id,
  client: row.client_id,
});

/** The condition that one of the columns, which are in lower case, has a text in it; none without a text. */
export function named(
  search: string | undefined,
  columns: readonly string[],
  parameters: Parameters,
): readonly string[] {
  if (!search) return [];
  const pattern = parameters.add(`%${likeLiteral(search.toLowerCase())}%`);
  return [`(${columns.map((column) => `${column} LIKE ${pattern} ESCAPE '\\'`).join(' OR ')})`];
}

/** Conditions that leave roles of realm $1 out. @param role prefix of the columns of the role, e.g. `r.` */
export function notAmong(
  { mappedTo, ids = [], clientId }: RoleExclusion = {},
  role: string,
  parameters: Parameters,
): readonly string[] {
  const conditions: string[] = [];
  if (mappedTo) {
    const [table, owner] = mappedTo.kind === 'group' ? ['group_role', 'group_id'] : ['user_role', 'user_id'];
    const held = `SELECT role_id FROM ${table} WHERE realm_id = $1 AND ${owner} = ${parameters.add(mappedTo.id)}`;
    conditions.push(`${role}id NOT IN (${held})`);
  }
  if (ids.length > 0) conditions.push(`${role}id NOT IN (${parameters.addAll(ids)})`);
  if (clientId !== undefined) conditions.push(`${role}client_id <> ${parameters.add(clientId)}`);
  return conditions;
}

/** The condition that a role belongs to a client, or to the realm itself. */
export const inContainer = (clientId: string | undefined, parameters: Parameters): string =>
  clientId === undefined ? 'client_id IS NULL' : `client_id = ${parameters.add(clientId)}`;
