import type { JsonObject } from '../../shared/json.js';

/** Who looks at or changes a profile: an administrator, or the person. */
export type ProfileActor = 'admin' | 'user';

/** When an attribute must have a value. Roles and scopes both empty: always. */
export interface ProfileRequirement {
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
}

/** One attribute of users, as a realm describes it. Member names are those of the reference's UPAttribute. */
export interface ProfileAttribute {
  readonly name: string;
  readonly displayName?: string;
  /** Config by id of the validator. */
  readonly validations: Readonly<Record<string, JsonObject>>;
  readonly annotations?: JsonObject;
  readonly required?: ProfileRequirement;
  readonly permissions: { readonly view: readonly string[]; readonly edit: readonly string[] };
  readonly group?: string;
  readonly multivalued: boolean;
  readonly defaultValue?: string;
}

/** A heading of forms. */
export interface ProfileGroup {
  readonly name: string;
  readonly displayHeader?: string;
  readonly displayDescription?: string;
  readonly annotations?: JsonObject;
}

/** What becomes of attributes that the profile does not describe; absent: nobody sees or writes them. */
export type UnmanagedPolicy = 'ENABLED' | 'ADMIN_EDIT' | 'ADMIN_VIEW';

export interface ProfileConfig {
  readonly attributes: readonly ProfileAttribute[];
  readonly groups: readonly ProfileGroup[];
  readonly unmanagedAttributePolicy?: UnmanagedPolicy;
}

/** The four members of a user that are not in its `attributes`. Every profile has the first two. */
export const ROOT_ATTRIBUTES = ['username', 'email', 'firstName', 'lastName'] as const;
export type RootAttribute = (typeof ROOT_ATTRIBUTES)[number];

export const isRootAttribute = (name: string): name is RootAttribute =>
  (ROOT_ATTRIBUTES as readonly string[]).includes(name);

const EVERYBODY = { view: ['admin', 'user'], edit: ['admin', 'user'] } as const;
const OF_PEOPLE = { roles: ['user'], scopes: [] } as const;
const NAME = { length: { max: 255 }, 'person-name-prohibited-characters': {} } as const;

const person = (name: string, validations: ProfileAttribute['validations']): ProfileAttribute => ({
  name,
  displayName: `\${${name}}`,
  validations,
  required: OF_PEOPLE,
  permissions: EVERYBODY,
  multivalued: false,
});

/** What a new realm of the reference has. */
export const DEFAULT_PROFILE: ProfileConfig = {
  attributes: [
    {
      name: 'username',
      displayName: '${username}',
      validations: {
        length: { min: 3, max: 255 },
        'username-prohibited-characters': {},
        'up-username-not-idn-homograph': {},
      },
      permissions: EVERYBODY,
      multivalued: false,
    },
    person('email', { email: {}, length: { max: 255 } }),
    person('firstName', NAME),
    person('lastName', NAME),
  ],
  groups: [
    {
      name: 'user-metadata',
      displayHeader: 'User metadata',
      displayDescription: 'Attributes, which refer to user metadata',
    },
  ],
};

/** What the realm of the server's own administrators begins with: nothing is asked of them but a name. */
export const ADMIN_REALM_PROFILE: ProfileConfig = {
  ...DEFAULT_PROFILE,
  attributes: DEFAULT_PROFILE.attributes.map(({ required: _required, ...attribute }) => attribute),
};
