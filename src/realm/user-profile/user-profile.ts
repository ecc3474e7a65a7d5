import type { Json } from '../../shared/json.js';
import { ADMIN_REALM } from '../admin-realm.js';
import type { Realm } from '../realm.js';
import type { User } from '../user.js';
import {
  ADMIN_REALM_PROFILE,
  DEFAULT_PROFILE,
  isRootAttribute,
  type ProfileActor,
  type ProfileAttribute,
  type ProfileConfig,
} from './profile-config.js';
import { readProfile } from './profile-reader.js';
import { PROFILE_VALIDATORS } from './profile-validators.js';

/** Kind of the component that holds a realm's profile, and the key of its config. */
export const PROFILE_COMPONENT = 'org.keycloak.userprofile.UserProfileProvider';
export const PROFILE_CONFIG_KEY = 'kc.user.profile.config';

/** Attribute in which people keep the language of their pages: described by every realm that speaks several. */
export const LOCALE = 'locale';
/** Attributes of the server's own features. People never write them: one says whose certificate somebody has. */
const OWN_PREFIX = 'sluice.';
/** When somebody accepted the terms: the action notes it, administrators may look. */
const TERMS = 'terms_and_conditions';

/** Characters of all that people write into their profile: it is read at every login and goes into tokens. */
const MOST_OF_PEOPLE = 16_384;

/** A member of a user that the profile does not accept. `params` fill the places of the message that consoles translate. */
export interface ProfileViolation {
  readonly field: string;
  readonly errorMessage: string;
  readonly params: readonly (string | number | null)[];
}

/** Values by attribute; the four root attributes are among them. Absent: not spoken of. */
export type ProfileValues = Readonly<Record<string, readonly string[]>>;

const profiles = new WeakMap<object, UserProfile>();

/** What users of a realm are described by, and who may see and write what. */
export class UserProfile {
  private readonly byName: ReadonlyMap<string, ProfileAttribute>;

  private constructor(
    readonly config: ProfileConfig,
    private readonly speaksLanguages: boolean,
  ) {
    const locale: ProfileAttribute = {
      name: LOCALE,
      displayName: `\${${LOCALE}}`,
      validations: {},
      permissions: { view: ['admin', 'user'], edit: ['admin', 'user'] },
      multivalued: false,
    };
    const described = config.attributes.map((attribute): [string, ProfileAttribute] => [attribute.name, attribute]);
    this.byName = new Map([...(speaksLanguages ? [[LOCALE, locale] as const] : []), ...described]);
  }

  /** The profile of a realm: what its component says, or the reference's default where that cannot be read. */
  static of(realm: Pick<Realm, 'extra' | 'name' | 'settings'>): UserProfile {
    const known = profiles.get(realm.extra);
    if (known?.speaksLanguages === realm.settings.internationalizationEnabled) return known;
    const read = readProfile(configIn(realm.extra['components']));
    const config = 'config' in read ? read.config : realm.name === ADMIN_REALM ? ADMIN_REALM_PROFILE : DEFAULT_PROFILE;
    const profile = new UserProfile(config, realm.settings.internationalizationEnabled);
    profiles.set(realm.extra, profile);
    return profile;
  }

  /** Attributes in their order, the language last. */
  get attributes(): readonly ProfileAttribute[] {
    const described = this.config.attributes;
    const locale = this.byName.get(LOCALE);
    return locale && !described.includes(locale) ? [...described, locale] : described;
  }

  isManaged(name: string): boolean {
    return this.byName.has(name);
  }

  mayView(name: string, actor: ProfileActor): boolean {
    const attribute = this.byName.get(name);
    const { unmanagedAttributePolicy: policy } = this.config;
    if (attribute) return [...attribute.permissions.view, ...attribute.permissions.edit].includes(actor);
    if (name.startsWith(OWN_PREFIX) || name === TERMS) return actor === 'admin';
    return policy === 'ENABLED' || (policy !== undefined && actor === 'admin');
  }

  mayEdit(name: string, actor: ProfileActor): boolean {
    const attribute = this.byName.get(name);
    const { unmanagedAttributePolicy: policy } = this.config;
    if (attribute) return attribute.permissions.edit.includes(actor);
    if (name.startsWith(OWN_PREFIX)) return actor === 'admin';
    if (name === TERMS) return false;
    return policy === 'ENABLED' || (policy === 'ADMIN_EDIT' && actor === 'admin');
  }

  /** Whether an actor must give the attribute. What is only required for some scopes is left to logins. */
  isRequired({ required }: ProfileAttribute, actor: ProfileActor): boolean {
    if (!required) return false;
    return required.roles.length === 0 ? required.scopes.length === 0 : required.roles.includes(actor);
  }

  /**
   * What is wrong with values that an actor gives. Attributes that the actor may not write are not looked at; of those that are not
   * described only the length counts.
   * @param isDue whether an attribute that is not given counts as empty, and so is missed where it is required
   */
  check(values: ProfileValues, actor: ProfileActor, isDue: (name: string) => boolean): readonly ProfileViolation[] {
    const found = this.attributes.flatMap((attribute) => {
      const { name } = attribute;
      const given = values[name];
      if ((given === undefined && !isDue(name)) || !this.mayEdit(name, actor)) return [];
      const filled = (given ?? []).filter((value) => value.trim() !== '');
      if (filled.length === 0 && this.isRequired(attribute, actor))
        return [{ field: name, errorMessage: 'error-user-attribute-required', params: [name] }];
      return violationsOf(attribute, filled);
    });
    return actor === 'user' ? [...found, ...this.tooMuch(values)] : found;
  }

  /** Names the longest attribute when a person writes more than goes into a profile. */
  private tooMuch(values: ProfileValues): readonly ProfileViolation[] {
    const written = Object.entries(values).filter(([name]) => this.mayEdit(name, 'user'));
    const sizes = written.map(([name, texts]) => ({ name, size: name.length + texts.join('').length }));
    if (sizes.reduce((sum, { size }) => sum + size, 0) <= MOST_OF_PEOPLE) return [];
    const { name } = sizes.reduce((a, b) => (b.size > a.size ? b : a));
    const params = [name, null, MOST_OF_PEOPLE];
    return [{ field: name, errorMessage: 'error-invalid-length-too-long', params }];
  }

  /**
   * The attributes of a user after an actor has given others: what the actor may not write stays, what the actor may write and
   * has left out goes.
   */
  merged(before: User['attributes'], given: User['attributes'], actor: ProfileActor): User['attributes'] {
    const kept = Object.entries(before).filter(([name]) => !isRootAttribute(name) && !this.mayEdit(name, actor));
    const written = Object.entries(given).filter(
      ([name, values]) => !isRootAttribute(name) && values.length > 0 && this.mayEdit(name, actor),
    );
    return Object.fromEntries([...kept, ...written]);
  }

  /** The attributes of a user that an actor may see. */
  visible(attributes: User['attributes'], actor: ProfileActor): User['attributes'] {
    return Object.fromEntries(Object.entries(attributes).filter(([name]) => this.mayView(name, actor)));
  }
}

function violationsOf(attribute: ProfileAttribute, values: readonly string[]): readonly ProfileViolation[] {
  const { name, validations, multivalued } = attribute;
  if (values.length > 1 && !multivalued)
    return [{ field: name, errorMessage: 'error-invalid-multivalued-size', params: [name, 0, 1] }];
  if (values.length === 0) return [];
  return Object.entries(validations).flatMap(([id, config]) =>
    (PROFILE_VALIDATORS[id]?.(values, config) ?? []).map(({ message, params }) => ({
      field: name,
      errorMessage: message,
      params: [name, ...params],
    })),
  );
}

/** The profile in the components of a realm; undefined when there is none. */
function configIn(components: Json | undefined): Json | undefined {
  const byType = components as
    Readonly<Record<string, readonly { readonly config?: unknown }[] | undefined>> | undefined;
  const config = byType?.[PROFILE_COMPONENT]?.[0]?.config as Readonly<Record<string, unknown>> | undefined;
  const texts = config?.[PROFILE_CONFIG_KEY];
  const text: unknown = Array.isArray(texts) ? texts[0] : texts;
  try {
    return typeof text === 'string' ? (JSON.parse(text) as Json) : undefined;
  } catch {
    return undefined;
  }
}
