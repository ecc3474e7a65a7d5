/** One attribute of the realm's user profile, as a form needs to know it. */
export interface AttributeMetadata {
  readonly name: string;
  /** Literal, or `${key}` of a message. */
  readonly displayName?: string;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly validators: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly group?: string;
  readonly multivalued?: boolean;
}

/** Attributes that belong together. */
interface GroupMetadata {
  readonly name: string;
  readonly displayHeader?: string;
  readonly displayDescription?: string;
}

/** The profile of the person, and what its form looks like. */
export interface Profile {
  readonly username: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly emailVerified?: boolean;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly userProfileMetadata: {
    readonly attributes: readonly AttributeMetadata[];
    readonly groups?: readonly GroupMetadata[];
  };
}

const MEMBERS = ['username', 'email', 'firstName', 'lastName'] as const;
type Member = (typeof MEMBERS)[number];
const isMember = (name: string): name is Member => MEMBERS.some((member) => member === name);

/** Values of an attribute. */
function valuesOf(profile: Profile, name: string): readonly string[] {
  if (!isMember(name)) return profile.attributes?.[name] ?? [];
  const value = profile[name];
  return value === undefined || value === '' ? [] : [value];
}

/** What is typed for an attribute: a line for each value. */
export const typedOf = (profile: Profile, name: string): string => valuesOf(profile, name).join('\n');

/** The profile to send. @param typed by attribute name, one value on each line of multivalued ones */
export function profileBody(profile: Profile, typed: ReadonlyMap<string, string>): object {
  const members: Partial<Record<Member, string>> = {};
  const attributes: Record<string, readonly string[]> = { ...profile.attributes };
  for (const { name, multivalued = false } of profile.userProfileMetadata.attributes) {
    const text = typed.get(name) ?? typedOf(profile, name);
    if (isMember(name)) members[name] = text;
    else attributes[name] = (multivalued ? text.split('\n') : [text]).map((value) => value.trim()).filter(Boolean);
  }
  return { ...members, attributes };
}

/** Attributes by group, those without one first, in the order of the profile. */
export function groupsOf({ userProfileMetadata: { attributes, groups = [] } }: Profile): readonly {
  readonly group?: GroupMetadata;
  readonly attributes: readonly AttributeMetadata[];
}[] {
  const isKnown = (name: string | undefined): boolean => groups.some((group) => group.name === name);
  return [
    { attributes: attributes.filter(({ group }) => !isKnown(group)) },
    ...groups.map((group) => ({ group, attributes: attributes.filter((each) => each.group === group.name) })),
  ].filter((each) => each.attributes.length > 0);
}
