import type { User } from '../../realm/user.js';

/** Members of a user by the name mappers know them under. */
const PROPERTIES: Readonly<Record<string, (user: User) => string | undefined>> = {
  id: (user) => user.id,
  username: (user) => user.username,
  email: (user) => user.email,
  emailVerified: (user) => String(user.emailVerified),
  firstName: (user) => user.firstName,
  lastName: (user) => user.lastName,
  enabled: (user) => String(user.enabled),
  createdTimestamp: (user) => String(user.createdTimestamp),
};
/** The members that are attributes too, as Keycloak's user model has it. */
const ATTRIBUTE_PROPERTIES = new Set(['username', 'email', 'firstName', 'lastName']);

export function propertyValues(user: User, name: string): readonly string[] {
  const value = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name]?.(user) : undefined;
  return value === undefined ? [] : [value];
}

export function attributeValues(user: User, name: string): readonly string[] {
  if (ATTRIBUTE_PROPERTIES.has(name)) return propertyValues(user, name);
  return Object.hasOwn(user.attributes, name) ? (user.attributes[name] ?? []) : [];
}
