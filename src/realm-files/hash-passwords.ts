import type { PasswordHasher, HashedPassword } from '../realm/password-hasher.js';
import type { PasswordPolicy } from '../realm/password-policy.js';
import type { CredentialData } from '../representations/credential-body.js';
import type { UserData } from '../representations/user-body.js';

/** Hashes that wait at once: far below what the hasher takes, so that logins of other realms find their turn. */
const AT_ONCE = 16;

/**
 * Hashes the passwords that a file gives in the clear. It takes long, so it is done before the transaction begins.
 * @throws UnavailableError `hash_queue_full` under too much load
 */
export async function hashPasswords(
  users: readonly UserData[],
  hasher: Pick<PasswordHasher, 'hash'>,
  policy: PasswordPolicy,
): Promise<ReadonlyMap<CredentialData, HashedPassword>> {
  const waiting = users.flatMap((user) => user.credentials ?? []).filter(isPlainPassword);
  const hashed = new Map<CredentialData, HashedPassword>();
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop())
      hashed.set(next, await hasher.hash(next.value ?? '', policy));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return hashed;
}

/** True for a password given as it is typed. */
const isPlainPassword = ({ type, value }: CredentialData): boolean =>
  (type ?? 'password') === 'password' && value !== undefined && value !== '';
