import type { Client } from '../realm/client.js';
import type { HashedPassword, PasswordHasher } from '../realm/password-hasher.js';
import type { PasswordPolicy } from '../realm/password-policy.js';
import type { UserConsent } from '../realm/user-consent.js';
import type { UserRecord } from '../realm/user-records.js';
import type { Credential } from '../realm/user.js';
import type { ConsentData } from '../representations/consent-body.js';
import type { CredentialData } from '../representations/credential-body.js';
import { USER_MEMBERS_NOT_UNDERSTOOD } from '../representations/user-body.js';
import type { UserData } from '../representations/user-body.js';
import { newUser } from '../representations/user-representation.js';
import { hashPasswords } from './hash-passwords.js';
import { NameIndex, fileError, requiredText } from './name-index.js';
import { holdsSomething } from './not-understood.js';
import type { RoleNames } from './plan-roles.js';
import type { PlanContext } from './realm-plan.js';

export interface UserSurroundings {
  readonly clients: NameIndex;
  readonly roles: RoleNames;
  readonly groups: NameIndex;
  readonly scopes: NameIndex;
  readonly hasher: Pick<PasswordHasher, 'hash' | 'canVerify'>;
  readonly policy: PasswordPolicy;
}

/**
 * Users with credentials, roles and groups. As recorded at Keycloak they get the roles the file lists and no others, and a
 * `temporary` password asks for nothing. Everything is checked before the first password is hashed.
 * @throws InvalidInputError
 * @throws UnavailableError `hash_queue_full` under too much load
 */
export async function planUsers(
  bodies: readonly UserData[],
  around: UserSurroundings,
  context: PlanContext,
): Promise<readonly UserRecord[]> {
  const names = new NameIndex('user');
  const drafts = bodies.map((body, at) => draftUser(body, `users[${String(at)}]`, names, around, context));
  const hashes = await hashPasswords(bodies, around.hasher, around.policy);
  return drafts.map(({ draft, credentials }) => ({
    ...draft,
    credentials: planCredentials(credentials, draft.user.id, hashes, around.hasher, context),
  }));
}

function draftUser(body: UserData, path: string, names: NameIndex, around: UserSurroundings, context: PlanContext) {
  const username = requiredText(body.username, `${path}.username`);
  const user = newUser(body, { id: body.id ?? context.newId(), realmId: context.realmId, username, now: context.now });
  names.add(user.username, user.id, `${path}.username`);
  for (const member of USER_MEMBERS_NOT_UNDERSTOOD)
    if (holdsSomething(body[member])) context.note(`${member} of users`);
  for (const [at, credential] of (body.credentials ?? []).entries())
    checkTexts(credential, `${path}.credentials[${String(at)}]`);
  const owner = body.serviceAccountClientId;
  const draft: Omit<UserRecord, 'credentials'> = {
    user:
      owner === undefined
        ? user
        : { ...user, serviceAccountClientId: around.clients.get(owner, `${path}.serviceAccountClientId`) },
    roleIds: around.roles.ids(body.realmRoles, body.clientRoles, path),
    groupIds: (body.groups ?? []).map((group, index) => around.groups.get(group, `${path}.groups[${String(index)}]`)),
    consents: planConsents(body.clientConsents ?? [], user.id, path, around, context),
  };
  return { draft, credentials: body.credentials ?? [] };
}

/** Accounts of clients that have `serviceAccountsEnabled` and bring none: with the default roles, as when one is switched on. */
export function missingServiceAccounts(
  clients: readonly Client[],
  owners: ReadonlySet<string | undefined>,
  defaultRoleId: string,
  { realmId, newId, now }: PlanContext,
): readonly UserRecord[] {
  return clients
    .filter((client) => client.serviceAccountsEnabled && !owners.has(client.id))
    .map((client) => {
      const known = { id: newId(), realmId, username: `service-account-${client.clientId}`, now };
      const user = { ...newUser({ enabled: true }, known), serviceAccountClientId: client.id };
      return { user, credentials: [], roleIds: [defaultRoleId], groupIds: [], consents: [] };
    });
}

/** What the user allowed applications; scopes are named. Applications or scopes that the realm lacks cannot be allowed anything. */
function planConsents(
  bodies: readonly ConsentData[],
  userId: string,
  path: string,
  { clients, scopes }: UserSurroundings,
  { realmId, now, note }: PlanContext,
): readonly UserConsent[] {
  return bodies.flatMap((body, at) => {
    const clientId = clients.find(requiredText(body.clientId, `${path}.clientConsents[${String(at)}].clientId`));
    const found = (body.grantedClientScopes ?? []).map((name) => ({ name, id: scopes.find(name) }));
    for (const { name, id } of found) if (id === undefined) note(`consents to client scope "${name}"`);
    if (clientId === undefined) {
      note(`consents to client "${body.clientId ?? ''}"`);
      return [];
    }
    const createdAt = body.createdDate ?? now;
    const granted = found.flatMap(({ id }) => id ?? []);
    return { realmId, userId, clientId, scopes: granted, createdAt, updatedAt: body.lastUpdatedDate ?? createdAt };
  });
}

/** Steps between priorities, so that one can be put between two. */
const PRIORITY_STEP = 10;

/** Credentials of a new user: passwords given in the clear as they were hashed, stored ones with their texts. */
export function planCredentials(
  bodies: readonly CredentialData[],
  userId: string,
  hashes: ReadonlyMap<CredentialData, HashedPassword>,
  hasher: Pick<PasswordHasher, 'canVerify'>,
  context: PlanContext,
): readonly Credential[] {
  return bodies.flatMap((body, at) => {
    const type = body.type ?? 'password';
    const texts = hashes.get(body) ?? storedTexts(body);
    if (!texts) {
      context.note(`credentials of type ${type} without credentialData`);
      return [];
    }
    if (type === 'password' && !hasher.canVerify(texts)) context.note(`password hashes made by ${algorithmOf(texts)}`);
    const id = body.id ?? context.newId();
    return {
      id,
      realmId: context.realmId,
      userId,
      type,
      ...(body.userLabel !== undefined && { userLabel: body.userLabel }),
      createdDate: body.createdDate ?? context.now,
      data: texts.data,
      sealedSecret: context.seal(texts.secret, id),
      priority: body.priority ?? (at + 1) * PRIORITY_STEP,
    };
  });
}

const storedTexts = ({ credentialData: data, secretData: secret }: CredentialData): HashedPassword | undefined =>
  data === undefined || secret === undefined ? undefined : { data, secret };

function checkTexts(body: CredentialData, path: string): void {
  for (const member of ['credentialData', 'secretData'] as const) {
    const text = body[member];
    if (text !== undefined && !isJsonObject(text))
      throw fileError('invalid_member', `${path}.${member}`, 'must be the text of a JSON object');
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function algorithmOf({ data }: HashedPassword): string {
  const { algorithm } = JSON.parse(data) as { readonly algorithm?: unknown };
  return typeof algorithm === 'string' ? algorithm : 'an unknown algorithm';
}
