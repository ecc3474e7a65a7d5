import type { User } from '../realm/user.js';
import { ConflictError } from '../shared/errors.js';
import type { Database } from './database.js';

export function usernameExists(): ConflictError {
  return new ConflictError('username_exists', 'User exists with same username', { field: 'username' });
}

export function emailExists(): ConflictError {
  return new ConflictError('email_exists', 'User exists with same email', { field: 'email' });
}

/**
 * Refuses a name or e-mail that another user of the realm has. Unique indexes decide races; this finds what they cannot:
 * the e-mail of a user who was stored while the realm allowed duplicates.
 *
 * @throws ConflictError `username_exists` or (only when `uniqueEmail`) `email_exists`
 */
export async function refuseTaken(database: Database, user: User, uniqueEmail: boolean): Promise<void> {
  const username = user.username.toLowerCase();
  const others = await database.select<{ username: string }>(
    'SELECT username FROM user_account WHERE realm_id = $1 AND (username = $2 OR email = $3) AND id <> $4',
    [user.realmId, username, (uniqueEmail && user.email?.toLowerCase()) || null, user.id],
  );
  if (others.some((other) => other.username === username)) throw usernameExists();
  if (others.length > 0) throw emailExists();
}
