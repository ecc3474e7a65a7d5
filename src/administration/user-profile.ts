import type { Realm } from '../realm/realm.js';
import { isRootAttribute, ROOT_ATTRIBUTES, type ProfileActor } from '../realm/user-profile/profile-config.js';
import { UserProfile, type ProfileValues, type ProfileViolation } from '../realm/user-profile/user-profile.js';
import type { User } from '../realm/user.js';
import type { UserBody } from '../representations/user-body.js';
import { UserProfileError } from './administration-errors.js';

/** Answers name wrong members in this order, as the reference does; further attributes follow in the order of the profile. */
const ORDER: readonly string[] = ['firstName', 'lastName', 'email', 'username'];

/** What of a user a check looks at. */
export type ProfileMembers = Pick<UserBody, (typeof ROOT_ATTRIBUTES)[number] | 'attributes'>;

/**
 * Checks members that somebody gives a user against the realm's profile.
 * @param isDue whether an attribute that is not given counts as empty
 * @throws UserProfileError naming every member that is wrong
 */
export function checkUserProfile(
  realm: Pick<Realm, 'extra' | 'name' | 'settings'>,
  members: ProfileMembers,
  actor: ProfileActor,
  isDue: (name: string) => boolean = () => false,
): void {
  const [first, ...more] = profileViolations(realm, members, actor, isDue);
  if (first) throw new UserProfileError([first, ...more]);
}

/** As `checkUserProfile`, but gives back what is wrong. */
export function profileViolations(
  realm: Pick<Realm, 'extra' | 'name' | 'settings'>,
  members: ProfileMembers,
  actor: ProfileActor,
  isDue: (name: string) => boolean,
): readonly ProfileViolation[] {
  const found = UserProfile.of(realm).check(valuesOf(members), actor, isDue);
  const rank = ({ field }: ProfileViolation): number => (ORDER.indexOf(field) + ORDER.length + 1) % (ORDER.length + 1);
  return found.toSorted((a, b) => rank(a) - rank(b));
}

/** The attributes of a new user: those the administrator may write, and the defaults of others. */
export function attributesOfNewUser(realm: Realm, given: User['attributes'] = {}): Record<string, string[]> {
  const profile = UserProfile.of(realm);
  const defaults = profile.config.attributes.flatMap(({ name, defaultValue }): [string, string[]][] =>
    defaultValue === undefined || isRootAttribute(name) ? [] : [[name, [defaultValue]]],
  );
  return mutable({ ...Object.fromEntries(defaults), ...profile.merged({}, given, 'admin') });
}

/** The attributes of a user after an administrator has given others; undefined when none are given. No profile describes clients. */
export function changedAttributes(realm: Realm, user: User, given: UserBody['attributes']): UserBody['attributes'] {
  if (!given || user.serviceAccountClientId !== undefined) return given;
  return mutable(UserProfile.of(realm).merged(user.attributes, given, 'admin'));
}

const mutable = (attributes: User['attributes']): Record<string, string[]> =>
  Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, [...values]]));

function valuesOf({ attributes, ...members }: ProfileMembers): ProfileValues {
  const root = ROOT_ATTRIBUTES.flatMap((name): [string, string[]][] => {
    const value = members[name];
    return value === undefined ? [] : [[name, [value]]];
  });
  return { ...attributes, ...Object.fromEntries(root) };
}
