import type { FormInput, Message } from '../../engine/index.js';
import type { Realm } from '../../realm/realm.js';
import { isRootAttribute, type ProfileAttribute } from '../../realm/user-profile/profile-config.js';
import { LOCALE, UserProfile, type ProfileViolation } from '../../realm/user-profile/user-profile.js';
import type { User } from '../../realm/user.js';
import type { JsonObject } from '../../shared/json.js';

/** What a person typed, by attribute; the user name in lower case, as it is stored. */
export type TypedProfile = Readonly<Record<string, readonly string[]>>;

/** Words for what is missing in the four fields that every form has had. */
const MISSING: Readonly<Record<string, string>> = {
  username: 'missingUsernameMessage',
  email: 'missingEmailMessage',
  firstName: 'missingFirstNameMessage',
  lastName: 'missingLastNameMessage',
};

/** Attributes that a person may fill in. The language has a place of its own on every page. */
const writableAttributes = (realm: Realm): readonly ProfileAttribute[] => {
  const profile = UserProfile.of(realm);
  return profile.attributes.filter(
    ({ name }) => name !== LOCALE && profile.mayEdit(name, 'user') && (name !== 'username' || mayRename(realm)),
  );
};

/** What the fields of the form begin with. */
export function storedProfile(realm: Realm, user: User): TypedProfile {
  return Object.fromEntries(
    writableAttributes(realm).map(({ name }) => [
      name,
      isRootAttribute(name) ? [user[name] ?? ''] : (user.attributes[name] ?? []),
    ]),
  );
}

/** What was typed; an attribute of several values has one in each line. */
export function typedProfile(realm: Realm, input: FormInput): TypedProfile {
  return Object.fromEntries(
    writableAttributes(realm).map(({ name, multivalued }) => {
      const text = input[name] ?? '';
      const values = (multivalued ? text.split(/\r?\n/) : [text]).map((value) => value.trim());
      const isCaseless = name === 'username' || name === 'email';
      return [name, values.filter(Boolean).map((value) => (isCaseless ? value.toLowerCase() : value))];
    }),
  );
}

/** The first thing that is wrong, in the order of the form. */
export function problemOf(realm: Realm, profile: TypedProfile): { message: Message; field: string } | undefined {
  if (profile['username']?.length === 0) return { message: { key: 'missingUsernameMessage' }, field: 'username' };
  const [found] = UserProfile.of(realm).check(profile, 'user', (name) => name in profile);
  return found && { message: wordsOf(found, profile), field: found.field };
}

/** The user with what was typed; what the person may not write stays. A changed address counts as not verified. */
export function withProfile(realm: Realm, user: User, profile: TypedProfile): User {
  const { email: _email, firstName: _first, lastName: _last, ...rest } = user;
  const root = (name: 'email' | 'firstName' | 'lastName'): string | undefined =>
    (name in profile ? profile[name]?.[0] : user[name]) || undefined;
  const [email, firstName, lastName] = [root('email'), root('firstName'), root('lastName')];
  const locale = user.attributes[LOCALE];
  const given = { ...profile, ...(locale && { [LOCALE]: locale }) };
  // What the form does not show is not given up either: it has no field for attributes that no profile describes.
  const unmanaged = Object.entries(user.attributes).filter(([name]) => !UserProfile.of(realm).isManaged(name));
  return {
    ...rest,
    ...(email !== undefined && { email }),
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    username: profile['username']?.[0] ?? user.username,
    emailVerified: user.emailVerified && user.email === email,
    attributes: { ...UserProfile.of(realm).merged(user.attributes, given, 'user'), ...Object.fromEntries(unmanaged) },
  };
}

/** The data of the page. */
export function formData(realm: Realm, profile: TypedProfile): JsonObject {
  const [root, others] = [
    writableAttributes(realm).filter(({ name }) => isRootAttribute(name)),
    writableAttributes(realm).filter(({ name }) => !isRootAttribute(name)),
  ];
  return {
    usernameEditable: root.some(({ name }) => name === 'username'),
    fields: root.map(({ name }) => name),
    ...Object.fromEntries(root.map(({ name }) => [name, profile[name]?.[0] ?? ''])),
    attributes: others.map((attribute) => ({
      name: attribute.name,
      label: attribute.displayName ?? attribute.name,
      value: (profile[attribute.name] ?? []).join('\n'),
      required: UserProfile.of(realm).isRequired(attribute, 'user'),
      options: optionsOf(attribute),
      multivalued: attribute.multivalued,
    })),
  };
}

const optionsOf = ({ validations, multivalued }: ProfileAttribute): readonly string[] => {
  const options = multivalued ? undefined : validations['options']?.['options'];
  return Array.isArray(options) ? options.map(String) : [];
};

const mayRename = ({ settings }: Realm): boolean => settings.editUsernameAllowed;

function wordsOf({ field, errorMessage, params }: ProfileViolation, profile: TypedProfile): Message {
  const [, min, max] = params;
  const missing = MISSING[field];
  if (errorMessage === 'error-user-attribute-required' && missing !== undefined) return { key: missing };
  if (errorMessage === 'error-invalid-length-too-long') return tooLong(max);
  if (errorMessage === 'error-invalid-length' && (profile[field]?.[0] ?? '').length > Number(max)) return tooLong(max);
  if (errorMessage === 'error-invalid-length' && field === 'username')
    return { key: 'usernameTooShortMessage', values: { min: Number(min) } };
  if (errorMessage === 'error-invalid-email') return { key: 'invalidEmailMessage' };
  return {
    key: errorMessage,
    values: Object.fromEntries(params.map((param, at) => [String(at), param ?? ''])),
    // A sentence that an administrator wrote for a pattern of the realm is no key.
    text: errorMessage,
  };
}

const tooLong = (max: string | number | null | undefined): Message => ({
  key: 'valueTooLongMessage',
  values: { max: Number(max) },
});
