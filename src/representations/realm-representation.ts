import { TYPES_KEPT_BY_DEFAULT } from '../events/event-types.js';
import type { JsonObject, Json } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import { BINDING_FIELDS } from '../flows/flow-uses.js';
import type { BindingField, Realm, RealmSettings } from '../realm/realm.js';
import { FORGOTTEN_REALM_MEMBERS, KEPT_REALM_MEMBERS } from './kept-realm-members.js';
import { maskSecrets, sealSecrets } from './kept-secrets.js';
import type { RealmData } from './realm-body.js';
import { REALM_MEMBERS } from './realm-member-order.js';
import { present } from './present.js';
import type { RoleRepresentation } from './role-representation.js';
import { maskAttributes, sealAttributes } from './secret-attributes.js';
import { definedEntries } from './text-entries.js';

/** What a realm's representation says about other things of the realm. */
export interface RealmSurroundings {
  readonly aliasOfFlow: (flowId: string) => string | undefined;
  readonly defaultRole?: RoleRepresentation;
  /** Paths. */
  readonly defaultGroups: readonly string[];
}

/** Settings that Keycloak also shows among the attributes. */
const MIRRORED = ['clientSessionIdleTimeout', 'clientSessionMaxLifespan'] as const;

/** The realm as `GET R` answers it, members in Keycloak's order, secrets masked. */
export function toRealmRepresentation(realm: Realm, surroundings: RealmSurroundings): JsonObject {
  const { settings } = realm;
  const bound = BINDING_FIELDS.map((field) => {
    const id = realm.bindings[field];
    return [field, id === undefined ? undefined : surroundings.aliasOfFlow(id)] as const;
  });
  const all: Record<string, Json | undefined> = {
    ...maskSecrets(realm.extra),
    ...settings,
    ...Object.fromEntries(bound),
    id: realm.id,
    realm: realm.name,
    defaultRole: surroundings.defaultRole && { ...surroundings.defaultRole },
    defaultGroups: surroundings.defaultGroups.length > 0 ? surroundings.defaultGroups : undefined,
    eventsExpiration: settings.eventsExpiration > 0 ? settings.eventsExpiration : undefined,
    attributes: mirrored(realm),
  };
  return present(Object.fromEntries<Json | undefined>(REALM_MEMBERS.map((member) => [member, all[member]])));
}

function mirrored(realm: Realm): JsonObject {
  const attributes: Record<string, string> = { ...maskAttributes(realm.attributes) };
  for (const member of MIRRORED) {
    if (member in attributes || realm.settings[member] > 0) attributes[member] = String(realm.settings[member]);
  }
  for (const member of ['oauth2DeviceCodeLifespan', 'oauth2DevicePollingInterval']) {
    const value = realm.extra[member];
    if (typeof value === 'number') attributes[member] = String(value);
  }
  return { ...attributes, realmReusableOtpCode: String(realm.settings.otpPolicyCodeReusable) };
}

/** What callers without the right to view a realm may know of it. */
export const toPublicRealmRepresentation = (realm: Realm): JsonObject =>
  present({
    realm: realm.name,
    displayName: realm.settings.displayName,
    displayNameHtml: realm.settings.displayNameHtml,
    bruteForceProtected: realm.settings.bruteForceProtected,
    supportedLocales: realm.settings.supportedLocales,
    organizationsEnabled: realm.extra['organizationsEnabled'] ?? false,
  });

/** RealmEventsConfigRepresentation of a realm. */
export const toEventsConfig = ({ settings }: Realm): JsonObject =>
  present({
    eventsEnabled: settings.eventsEnabled,
    eventsExpiration: settings.eventsExpiration > 0 ? settings.eventsExpiration : undefined,
    eventsListeners: settings.eventsListeners,
    enabledEventTypes: settings.enabledEventTypes.length > 0 ? settings.enabledEventTypes : TYPES_KEPT_BY_DEFAULT,
    adminEventsEnabled: settings.adminEventsEnabled,
    adminEventsDetailsEnabled: settings.adminEventsDetailsEnabled,
  });

/**
 * The realm after a `PUT`: members of the body replace, absent ones stay, `attributes` replaces as a whole. Bindings are the
 * caller's: they name flows, which must be looked up and checked.
 * @param sealer seals secrets among the kept members and attributes; a mask that comes back keeps the secret
 */
export function mergeRealm(realm: Realm, body: RealmData, sealer: Sealer): Realm {
  return {
    ...realm,
    settings: { ...realm.settings, ...settingsOf(body, realm.settings) },
    attributes:
      body.attributes === undefined
        ? realm.attributes
        : sealAttributes(definedEntries(body.attributes), sealer, realm.id, realm.attributes),
    extra: { ...realm.extra, ...sealSecrets(keptOf(body), sealer, realm.id, realm.extra) },
  };
}

/** The settings that a body gives. `known` tells which members are settings. */
export function settingsOf(body: RealmData, known: RealmSettings): Partial<RealmSettings> {
  const names = new Set<string>([
    ...Object.keys(known),
    'displayName',
    'displayNameHtml',
    'passwordPolicy',
    'defaultLocale',
  ]);
  return Object.fromEntries(Object.entries(body).filter(([member]) => names.has(member)));
}

/** The members of a body that are only kept. */
export const keptOf = (body: RealmData): JsonObject =>
  Object.fromEntries(Object.entries(body as unknown as JsonObject).filter(([member]) => member in KEPT_REALM_MEMBERS));

/** Names of members of older versions that a body gives and that mean nothing today. */
export const forgottenIn = (body: RealmData): readonly string[] =>
  FORGOTTEN_REALM_MEMBERS.filter((member) => member in body);

/** The flows a body binds, by alias. */
export const bindingsOf = (body: RealmData): readonly (readonly [BindingField, string])[] =>
  BINDING_FIELDS.flatMap((field) => {
    const alias = body[field];
    return alias === undefined ? [] : [[field, alias] as const];
  });
