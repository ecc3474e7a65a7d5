import type { ProfileField, User } from './user-representation.js';

/** What the form of a user holds. Fields stand by their place, since names of attributes may have dots. */
export interface UserFormValues {
  readonly enabled: boolean;
  readonly emailVerified: boolean;
  readonly requiredActions: readonly string[];
  readonly fields: readonly string[];
}

/** Attributes that are members of a user of their own. */
const MEMBERS = ['username', 'email', 'firstName', 'lastName'] as const;

const isMember = (name: string): name is (typeof MEMBERS)[number] => (MEMBERS as readonly string[]).includes(name);

/** Values of a user, or of one that is to be made. Several values of an attribute are lines of one text. */
export const formValuesOf = (fields: readonly ProfileField[], user?: User): UserFormValues => ({
  enabled: user?.enabled ?? true,
  emailVerified: user?.emailVerified ?? false,
  requiredActions: user?.requiredActions ?? [],
  fields: fields.map(({ name }) =>
    isMember(name) ? (user?.[name] ?? '') : (user?.attributes?.[name] ?? []).join('\n'),
  ),
});

/** The body of `POST` or `PUT`; attributes that the form does not show stay as they are. */
export function userBodyOf(
  fields: readonly ProfileField[],
  { fields: texts, ...flags }: UserFormValues,
  user?: User,
): object {
  const members: Record<string, string> = {};
  const attributes: Record<string, readonly string[]> = { ...user?.attributes };
  fields.forEach(({ name, multivalued = false, readOnly }, index) => {
    const text = texts[index] ?? '';
    if (readOnly) return;
    if (isMember(name)) members[name] = text.trim();
    else attributes[name] = (multivalued ? text.split('\n') : [text]).map((line) => line.trim()).filter(Boolean);
  });
  return { ...members, ...flags, attributes };
}

/** The values that a field offers, where its validators name them. */
export function optionsOf({ validators }: ProfileField): readonly string[] | undefined {
  const options = validators?.['options']?.['options'];
  return Array.isArray(options) ? options.filter((option) => typeof option === 'string') : undefined;
}
