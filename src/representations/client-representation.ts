import type { JsonObject } from '../shared/json.js';
import type { Client } from '../realm/client.js';
import type { ProtocolMapper } from '../realm/client-scope.js';
import { CLIENT_MEMBERS_KEPT } from './client-body.js';
import type { ClientData } from './client-body.js';
import { present } from './present.js';
import type { ProtocolMapperData } from './protocol-mapper-body.js';
import { toProtocolMapper, toProtocolMapperRepresentation } from './protocol-mapper-representation.js';
import { mergeEntries } from './text-entries.js';

export interface ClientSurroundings {
  readonly nameOfScope: (scopeId: string) => string | undefined;
  /** The opened secret, for callers that may manage the client. */
  readonly secret?: string;
  readonly access?: { readonly view: boolean; readonly configure: boolean; readonly manage: boolean };
}

/** How a body is read. */
export interface ClientReading {
  readonly newId: () => string;
  /** Path of the client in the body, for errors. */
  readonly path?: string;
}

/** Members that a body may simply set, with the value of a new client at Keycloak 26.7. */
const PLAIN_DEFAULTS = {
  surrogateAuthRequired: false,
  enabled: true,
  alwaysDisplayInConsole: false,
  clientAuthenticatorType: 'client-secret',
  redirectUris: [] as readonly string[],
  notBefore: 0,
  bearerOnly: false,
  consentRequired: false,
  standardFlowEnabled: true,
  implicitFlowEnabled: false,
  directAccessGrantsEnabled: false,
  serviceAccountsEnabled: false,
  publicClient: false,
  frontchannelLogout: false,
  protocol: 'openid-connect',
  fullScopeAllowed: true,
  nodeReRegistrationTimeout: -1,
} as const;
type PlainMember = keyof typeof PLAIN_DEFAULTS;
const PLAIN_MEMBERS = Object.keys(PLAIN_DEFAULTS) as readonly PlainMember[];
const TEXT_MEMBERS = ['name', 'description', 'rootUrl', 'adminUrl', 'baseUrl'] as const;

/** The client as `GET clients/{id}` answers it, members in Keycloak's order. */
export const toClientRepresentation = (
  client: Client,
  { nameOfScope, secret, access }: ClientSurroundings,
): JsonObject => {
  const names = (ids: readonly string[]): readonly string[] => ids.flatMap((id) => nameOfScope(id) ?? []);
  return present({
    id: client.id,
    clientId: client.clientId,
    name: client.name,
    description: client.description,
    rootUrl: client.rootUrl,
    adminUrl: client.adminUrl,
    baseUrl: client.baseUrl,
    surrogateAuthRequired: client.surrogateAuthRequired,
    enabled: client.enabled,
    alwaysDisplayInConsole: client.alwaysDisplayInConsole,
    clientAuthenticatorType: client.clientAuthenticatorType,
    secret: client.publicClient || client.bearerOnly ? undefined : secret,
    redirectUris: client.redirectUris,
    webOrigins: client.webOrigins,
    notBefore: client.notBefore,
    bearerOnly: client.bearerOnly,
    consentRequired: client.consentRequired,
    standardFlowEnabled: client.standardFlowEnabled,
    implicitFlowEnabled: client.implicitFlowEnabled,
    directAccessGrantsEnabled: client.directAccessGrantsEnabled,
    serviceAccountsEnabled: client.serviceAccountsEnabled,
    publicClient: client.publicClient,
    frontchannelLogout: client.frontchannelLogout,
    protocol: client.protocol,
    attributes: client.attributes,
    authenticationFlowBindingOverrides: { ...client.flowOverrides },
    fullScopeAllowed: client.fullScopeAllowed,
    nodeReRegistrationTimeout: client.nodeReRegistrationTimeout,
    ...client.extra,
    protocolMappers:
      client.protocolMappers.length > 0 ? client.protocolMappers.map(toProtocolMapperRepresentation) : undefined,
    defaultClientScopes: names(client.defaultClientScopes),
    optionalClientScopes: names(client.optionalClientScopes),
    access,
  });
};

/**
 * The client a body describes, with Keycloak's defaults for what it leaves out. Secret, scope mappings and flow
 * overrides are added by the caller.
 * @throws InvalidInputError `member_missing` for an incomplete protocol mapper.
 */
export function newClient(
  body: ClientData,
  known: {
    id: string;
    realmId: string;
    clientId: string;
    defaultClientScopes: readonly string[];
    optionalClientScopes: readonly string[];
  },
  reading: ClientReading,
): Client {
  const blank: Client = {
    ...PLAIN_DEFAULTS,
    ...known,
    webOrigins: [],
    attributes: { realm_client: 'false' },
    flowOverrides: {},
    protocolMappers: [],
    scopeMappings: [],
    extra: {},
  };
  return mergeClient(blank, { ...body, clientId: known.clientId }, reading);
}

/**
 * The client after a `PUT`: absent members keep their value, attributes are merged (an empty text removes one), `protocolMappers`
 * replaces, scopes stay as they are. Web origins follow new redirect URIs unless the body names them.
 * Secret and flow overrides are the caller's: they must be sealed and checked.
 * @throws InvalidInputError `member_missing` for an incomplete protocol mapper.
 */
export function mergeClient(client: Client, body: ClientData, reading: ClientReading): Client {
  const plain = Object.fromEntries(
    PLAIN_MEMBERS.filter((member) => body[member] !== undefined).map((member) => [member, body[member]]),
  );
  const texts = Object.fromEntries(
    TEXT_MEMBERS.filter((member) => body[member] !== undefined).map((member) => [member, body[member]]),
  );
  const kept = Object.fromEntries(
    CLIENT_MEMBERS_KEPT.filter((member) => body[member] !== undefined).map((member) => [member, body[member]]),
  ) as JsonObject;
  return {
    ...client,
    ...plain,
    ...texts,
    clientId: body.clientId ?? client.clientId,
    webOrigins: body.webOrigins ?? (body.redirectUris === undefined ? client.webOrigins : originsOf(body.redirectUris)),
    attributes: mergeEntries(client.attributes, body.attributes),
    protocolMappers:
      body.protocolMappers === undefined ? client.protocolMappers : mappersOf(body.protocolMappers, reading),
    extra: { ...client.extra, ...kept },
  };
}

/** Origins of the http(s) addresses among redirect URIs; what is no address has none. */
export function originsOf(redirectUris: readonly string[]): readonly string[] {
  const origins = redirectUris.flatMap((uri) => /^https?:\/\/[^/?#*]+/i.exec(uri)?.[0] ?? []);
  return [...new Set(origins)];
}

function mappersOf(bodies: readonly ProtocolMapperData[], { newId, path }: ClientReading): readonly ProtocolMapper[] {
  const prefix = path === undefined ? '' : `${path}.`;
  return bodies.map((body, at) => toProtocolMapper(body, newId, `${prefix}protocolMappers[${String(at)}]`));
}
