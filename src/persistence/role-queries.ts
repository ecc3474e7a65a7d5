import type { Role } from '../realm/role.js';

/**
 * Ids of all roles of user $2 in realm $1: the groups of the user and those above them; the roles of the user and of these
 * groups, and the roles that come with them at any depth. UNION drops what was found before, so that circles end.
 */
export const EFFECTIVE_ROLES = `
WITH RECURSIVE
membership (id) AS (
  SELECT group_id FROM group_member WHERE realm_id = $1 AND user_id = $2
  UNION
  SELECT g.parent_id FROM membership m JOIN user_group g ON g.realm_id = $1 AND g.id = m.id WHERE g.parent_id IS NOT NULL
),
held (id) AS (
  SELECT role_id FROM (
    SELECT role_id FROM user_role WHERE realm_id = $1 AND user_id = $2
    UNION
    SELECT r.role_id FROM membership m JOIN group_role r ON r.realm_id = $1 AND r.group_id = m.id
  ) direct
  UNION
  SELECT c.child_id FROM held h JOIN role_composite c ON c.realm_id = $1 AND c.role_id = h.id
)
SELECT id FROM held`;

/**
 * Ids of enabled people of realm $1 who have role $2: the roles that it comes with at any depth, the groups that have one of them and
 * the groups below these. From the holders to the users, never the other way round: SQLite takes the sides of a CROSS JOIN as written.
 */
export const ENABLED_HOLDERS = `
WITH RECURSIVE
granting (id) AS (
  SELECT id FROM role WHERE realm_id = $1 AND id = $2
  UNION
  SELECT c.role_id FROM granting g JOIN role_composite c ON c.realm_id = $1 AND c.child_id = g.id
),
granted (id) AS (
  SELECT r.group_id FROM granting g JOIN group_role r ON r.realm_id = $1 AND r.role_id = g.id
  UNION
  SELECT below.id FROM granted g JOIN user_group below ON below.realm_id = $1 AND below.parent_id = g.id
),
holder (id) AS (
  SELECT m.user_id FROM granting g JOIN user_role m ON m.realm_id = $1 AND m.role_id = g.id
  UNION
  SELECT m.user_id FROM granted g JOIN group_member m ON m.realm_id = $1 AND m.group_id = g.id
)
SELECT u.id FROM holder h CROSS JOIN user_account u
WHERE u.realm_id = $1 AND u.id = h.id AND u.enabled AND u.service_account_client_id IS NULL
ORDER BY u.username LIMIT $3`;

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
    FROM (SELECT * FROM role ${selection}) r LEFT JOIN role_composite c ON c.realm_id = r.realm_id AND c.role_id = r.id
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
