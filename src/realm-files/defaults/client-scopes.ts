import type { ClientScopeData } from '../../representations/client-scope-body.js';
import type { ProtocolMapperData } from '../../representations/protocol-mapper-body.js';

type Config = Readonly<Record<string, string>>;

const OIDC = 'openid-connect';
const SAML = 'saml';

/** Where a claim goes: access token and introspection always, the others as the scope needs it. */
const IN_ACCESS = { 'access.token.claim': 'true', 'introspection.token.claim': 'true' } as const;
const IN_ID = { ...IN_ACCESS, 'id.token.claim': 'true' } as const;
const EVERYWHERE = { ...IN_ID, 'userinfo.token.claim': 'true' } as const;

const mapper = (name: string, protocolMapper: string, config: Config = {}): ProtocolMapperData => ({
  name,
  protocol: OIDC,
  protocolMapper,
  config,
});
const samlMapper = (name: string, protocolMapper: string, config: Config = {}): ProtocolMapperData => ({
  name,
  protocol: SAML,
  protocolMapper,
  config,
});

const claim = (name: string, type = 'String'): Config => ({ 'claim.name': name, 'jsonType.label': type });

const attribute = (name: string, userAttribute: string, claimName: string, type?: string): ProtocolMapperData =>
  mapper(name, 'oidc-usermodel-attribute-mapper', {
    ...EVERYWHERE,
    'user.attribute': userAttribute,
    ...claim(claimName, type),
  });

const sessionNote = (name: string, note: string, claimName: string, type?: string): ProtocolMapperData =>
  mapper(name, 'oidc-usersessionmodel-note-mapper', { ...IN_ID, 'user.session.note': note, ...claim(claimName, type) });

// The realm and client role mappers carry a `user.attribute` that nothing reads; it is part of what the reference seeds.
const roles = (name: string, kind: 'realm' | 'client', claimName: string, where: Config): ProtocolMapperData =>
  mapper(name, `oidc-usermodel-${kind}-role-mapper`, {
    ...where,
    multivalued: 'true',
    'user.attribute': 'foo',
    ...claim(claimName),
  });

/** Attributes of a scope: named in the token's `scope`? asked for on the consent page, with which text? */
const shown = (text: string): Config => ({ 'include.in.token.scope': 'true', ...consented(text) });
const consented = (text: string): Config => ({
  'display.on.consent.screen': 'true',
  'consent.screen.text': `\${${text}}`,
});
const HIDDEN = { 'include.in.token.scope': 'false', 'display.on.consent.screen': 'false' } as const;

const scope = (
  name: string,
  attributes: Config,
  protocolMappers?: ProtocolMapperData[],
  protocol = OIDC,
): ClientScopeData => ({
  name,
  description: '',
  protocol,
  attributes,
  ...(protocolMappers && { protocolMappers }),
});

/** The 15 client scopes of a new realm. */
export const CLIENT_SCOPES: readonly ClientScopeData[] = [
  scope(
    'role_list',
    consented('samlRoleListScopeConsentText'),
    [
      samlMapper('role list', 'saml-role-list-mapper', {
        single: 'false',
        'attribute.nameformat': 'Basic',
        'attribute.name': 'Role',
      }),
    ],
    SAML,
  ),
  scope(
    'saml_organization',
    { 'display.on.consent.screen': 'false' },
    [samlMapper('organization', 'saml-organization-membership-mapper')],
    SAML,
  ),
  scope('AuthnContextClassRef', {}, [samlMapper('AuthnContextClassRef', 'saml-authn-context-class-ref-mapper')], SAML),
  scope('profile', shown('profileScopeConsentText'), [
    mapper('full name', 'oidc-full-name-mapper', EVERYWHERE),
    attribute('family name', 'lastName', 'family_name'),
    attribute('given name', 'firstName', 'given_name'),
    attribute('middle name', 'middleName', 'middle_name'),
    attribute('nickname', 'nickname', 'nickname'),
    attribute('username', 'username', 'preferred_username'),
    attribute('profile', 'profile', 'profile'),
    attribute('picture', 'picture', 'picture'),
    attribute('website', 'website', 'website'),
    attribute('gender', 'gender', 'gender'),
    attribute('birthdate', 'birthdate', 'birthdate'),
    attribute('zoneinfo', 'zoneinfo', 'zoneinfo'),
    attribute('locale', 'locale', 'locale'),
    attribute('updated at', 'updatedAt', 'updated_at', 'long'),
  ]),
  scope('email', shown('emailScopeConsentText'), [
    attribute('email', 'email', 'email'),
    mapper('email verified', 'oidc-usermodel-property-mapper', {
      ...EVERYWHERE,
      'user.attribute': 'emailVerified',
      ...claim('email_verified', 'boolean'),
    }),
  ]),
  scope('address', shown('addressScopeConsentText'), [
    mapper('address', 'oidc-address-mapper', {
      ...EVERYWHERE,
      ...Object.fromEntries(
        ['formatted', 'street', 'locality', 'region', 'postal_code', 'country'].map((part) => [
          `user.attribute.${part}`,
          part,
        ]),
      ),
    }),
  ]),
  scope('phone', shown('phoneScopeConsentText'), [
    attribute('phone number', 'phoneNumber', 'phone_number'),
    attribute('phone number verified', 'phoneNumberVerified', 'phone_number_verified', 'boolean'),
  ]),
  scope('offline_access', consented('offlineAccessScopeConsentText')),
  scope('roles', { 'include.in.token.scope': 'false', ...consented('rolesScopeConsentText') }, [
    roles('realm roles', 'realm', 'realm_access.roles', IN_ACCESS),
    roles('client roles', 'client', 'resource_access.${client_id}.roles', IN_ACCESS),
    mapper('audience resolve', 'oidc-audience-resolve-mapper', IN_ACCESS),
  ]),
  scope('web-origins', { ...HIDDEN, 'consent.screen.text': '' }, [
    mapper('allowed web origins', 'oidc-allowed-origins-mapper', IN_ACCESS),
  ]),
  scope('microprofile-jwt', { 'include.in.token.scope': 'true', 'display.on.consent.screen': 'false' }, [
    attribute('upn', 'username', 'upn'),
    roles('groups', 'realm', 'groups', IN_ID),
  ]),
  scope('acr', HIDDEN, [mapper('acr loa level', 'oidc-acr-mapper', IN_ID)]),
  scope('basic', HIDDEN, [
    mapper('sub', 'oidc-sub-mapper', IN_ACCESS),
    sessionNote('auth_time', 'AUTH_TIME', 'auth_time', 'long'),
  ]),
  scope('organization', shown('organizationScopeConsentText'), [
    mapper('organization', 'oidc-organization-membership-mapper', {
      ...IN_ID,
      multivalued: 'true',
      ...claim('organization'),
    }),
  ]),
  scope('service_account', HIDDEN, [
    sessionNote('Client ID', 'client_id', 'client_id'),
    sessionNote('Client Host', 'clientHost', 'clientHost'),
    sessionNote('Client IP Address', 'clientAddress', 'clientAddress'),
  ]),
];

/** Names of the scopes that every new client gets. */
export const DEFAULT_CLIENT_SCOPES: readonly string[] = [
  'role_list',
  'saml_organization',
  'AuthnContextClassRef',
  'profile',
  'email',
  'roles',
  'web-origins',
  'acr',
  'basic',
];

/** Names of the scopes that every new client may ask for. */
export const OPTIONAL_CLIENT_SCOPES: readonly string[] = [
  'offline_access',
  'address',
  'phone',
  'microprofile-jwt',
  'organization',
];
