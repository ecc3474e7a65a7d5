import type { Role } from '../realm/role.js';
import type { Parameters } from './sql.js';

/**
 * Ids of all roles of user $2 in realm $1: the groups of the user and those above them; the roles of the user and of these
 * groups, and the roles that come with them at any depth. UNION drops what was found before, so that circles end. From what is found to what
 * it leads to, never the other way round: SQLite takes the sides of a CROSS JOIN as written.
 */
export const EFFECTIVE_ROLES = `
WITH RECURSIVE
membership (id) AS (
  SELECT group_id FROM group_member WHERE realm_id = $1 AND user_id = $2
  UNION
  SELECT g.parent_id FROM membership m CROSS JOIN user_group g
  WHERE g.realm_id = $1 AND g.id = m.id AND g.parent_id IS NOT NULL
),
held (id) AS (
  SELECT role_id FROM (
    SELECT role_id FROM user_role WHERE realm_id = $1 AND user_id = $2
    UNION
    SELECT r.role_id FROM membership m CROSS JOIN group_role r WHERE r.realm_id = $1 AND r.group_id = m.id
  ) direct
  UNION
  SELECT c.child_id FROM held h CROSS JOIN role_composite c WHERE c.realm_id = $1 AND c.role_id = h.id
)
SELECT id FROM held`;

/** Roles of realm $1 that give role $2 (itself, and those it is part of at any depth), and groups that have one of them, or stand below such. */
export const GRANTING = `
WITH RECURSIVE
granting (id) AS (
  SELECT id FROM role WHERE realm_id = $1 AND id = $2
  UNION
  SELECT c.role_id FROM granting g CROSS JOIN role_composite c WHERE c.realm_id = $1 AND c.child_id = g.id
),
granted (id) AS (
  SELECT r.group_id FROM granting g CROSS JOIN group_role r WHERE r.realm_id = $1 AND r.role_id = g.id
  UNION
  SELECT below.id FROM granted g CROSS JOIN user_group below WHERE below.realm_id = $1 AND below.parent_id = g.id
)
SELECT 'role' AS kind, id FROM granting UNION ALL SELECT 'group', id FROM granted`;

/**
 * Ids of enabled people, each once and in no order, who have one of the roles or are in one of the groups. These are values and no part
 * of one statement with `GRANTING`: only so PostgreSQL can tell a role of few from one that everybody has. A UNION would lead SQLite to
 * an index that has the users in order, and so through all of them.
 *
 * @param parameters of the realm; the rest is added
 */
export const holdersAmong = (
  parameters: Parameters,
  roleIds: readonly string[],
  groupIds: readonly string[],
  max: number,
): string => `
WITH holder (id) AS (
  SELECT user_id FROM user_role WHERE realm_id = $1 AND role_id IN (${parameters.addAll(roleIds)})
  UNION ALL
  SELECT user_id FROM group_member WHERE realm_id = $1 AND group_id IN (${parameters.addAll(groupIds)})
)
SELECT DISTINCT u.id FROM holder h CROSS JOIN user_account u
WHERE u.realm_id = $1 AND u.id = h.id AND u.enabled AND u.service_account_client_id IS NULL LIMIT ${parameters.add(max)}`;

interface JoinedRow {
  readonly realm_id: string;
  readonly id: string;
  readonly client_id: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly attributes: string;
  readonly child_id: string | null;
}

/** @param selection WHERE, ORDER BY, LIMIT over the table `role` */
export function rolesWithComposites(selection: string): string {
  return `SELECT r.realm_id, r.id, r.client_id, r.name, r.description, r.attributes, c.child_id
    FROM (SELECT realm_id, id, client_id, name, description, attributes FROM role ${selection}) r LEFT JOIN role_composite c ON c.realm_id = r.realm_id AND c.role_id = r.id
    ORDER BY r.name, r.id, c.position`;
}

/** One role of the consecutive rows that differ only in the composite. */
export function foldRoles(rows: readonly Record<string, unknown>[]): Role[] {
  const roles: (Role & { readonly composites: string[] })[] = [];
  for (const row of rows as unknown as readonly JoinedRow[]) {
    if (roles.at(-1)?.id !== row.id) roles.push(toRole(row));
    if (row.child_id !== null) roles.at(-1)?.composites.push(row.child_id);
  }
  return roles;
}

function toRole(row: JoinedRow): Role & { readonly composites: string[] } {
  return {
    id: row.id,
    realmId: row.realm_id,
    ...(row.client_id === null ? {} : { clientId: row.client_id }),
    name: row.name,
    ...(row.description === null ? {} : { description: row.description }),
    attributes: JSON.parse(row.attributes) as Role['attributes'],
    composites: [],
  };
}
