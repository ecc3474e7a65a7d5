import type { JsonObject } from '../shared/json.js';
import type { User } from '../realm/user.js';
import { present } from './present.js';
import type { UserData } from './user-body.js';

export interface UserSurroundings {
  /** True when the user has an `otp` credential. */
  readonly totp: boolean;
  /** What the caller may do with the user; a list tells `manage` only. */
  readonly access?: Readonly<Record<string, boolean>>;
  /** What forms need to know, where it is asked for. */
  readonly metadata?: JsonObject;
}

/** Everything a caller with `manage-users` may do with a user (`GET users/{id}`). */
export const FULL_USER_ACCESS = {
  manageGroupMembership: true,
  resetPassword: true,
  view: true,
  mapRoles: true,
  impersonate: true,
  manage: true,
} as const;

export const toUserRepresentation = (user: User, { totp, access, metadata }: UserSurroundings): JsonObject =>
  present({
    id: user.id,
    username: user.username,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    emailVerified: user.emailVerified,
    attributes: Object.keys(user.attributes).length > 0 ? user.attributes : undefined,
    userProfileMetadata: metadata,
    enabled: user.enabled,
    createdTimestamp: user.createdTimestamp,
    totp,
    disableableCredentialTypes: [],
    requiredActions: user.requiredActions,
    notBefore: user.notBefore,
    access,
  });

/** The user a body describes. Names are stored in lower case; a user is disabled unless the body says otherwise, as in Keycloak. */
export const newUser = (
  body: UserData,
  known: { id: string; realmId: string; username: string; now: number },
): User => {
  const optional = present({
    email: body.email === '' ? undefined : body.email?.toLowerCase(),
    firstName: body.firstName || undefined,
    lastName: body.lastName || undefined,
  });
  return {
    id: known.id,
    realmId: known.realmId,
    username: known.username.toLowerCase(),
    ...(optional as Partial<Pick<User, 'email' | 'firstName' | 'lastName'>>),
    emailVerified: body.emailVerified ?? false,
    enabled: body.enabled ?? false,
    createdTimestamp: body.createdTimestamp ?? known.now,
    attributes: attributesOf(body),
    requiredActions: body.requiredActions ?? [],
    notBefore: body.notBefore ?? 0,
  };
};

/** The user after a `PUT`: absent members stay, `attributes` and `requiredActions` replace as a whole. An empty text clears. */
export function mergeUser(user: User, body: UserData): User {
  const { email, firstName, lastName, ...rest } = user;
  const optional = {
    email: body.email === undefined ? email : body.email.toLowerCase() || undefined,
    firstName: (body.firstName ?? firstName) || undefined,
    lastName: (body.lastName ?? lastName) || undefined,
  };
  return {
    ...rest,
    ...(present(optional) as Partial<Pick<User, 'email' | 'firstName' | 'lastName'>>),
    username: body.username === undefined || body.username === '' ? user.username : body.username.toLowerCase(),
    emailVerified: body.emailVerified ?? user.emailVerified,
    enabled: body.enabled ?? user.enabled,
    attributes: body.attributes === undefined ? user.attributes : attributesOf(body),
    requiredActions: body.requiredActions ?? user.requiredActions,
    notBefore: body.notBefore ?? user.notBefore,
  };
}

/** Members of their own are no attributes; empty lists are dropped. */
const attributesOf = (body: UserData): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(body.attributes ?? {}).filter(
      ([name, values]) => values.length > 0 && !['username', 'email', 'firstName', 'lastName'].includes(name),
    ),
  );
