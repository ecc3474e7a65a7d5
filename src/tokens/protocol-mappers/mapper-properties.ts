import type { ConfigProperty } from '../../engine/index.js';

/** A field of a mapper's config; consoles know two more kinds of fields there: a client, and an attribute of the profile. */
interface MapperProperty extends Omit<ConfigProperty, 'type'> {
  readonly type: ConfigProperty['type'] | 'ClientList' | 'UserProfileAttributeList';
}

const text = (name: string, label: string, helpText: string, defaultValue?: string): MapperProperty => ({
  ...{ name, label, helpText, type: 'String' },
  ...(defaultValue !== undefined && { defaultValue }),
});
const flag = (name: string, label: string, helpText: string, defaultValue: 'true' | 'false'): MapperProperty => ({
  ...{ name, label, helpText, type: 'boolean', defaultValue },
});

const CLAIM_NAME = text(
  'claim.name',
  'Token Claim Name',
  'Where the value is written. Dots nest (`address.street`); a dot that belongs to a name is written `\\.`.',
);
const JSON_TYPE: MapperProperty = {
  name: 'jsonType.label',
  label: 'Claim JSON Type',
  helpText: 'What the value is written as. A value that cannot be read as this type is left out.',
  type: 'List',
  options: ['String', 'long', 'int', 'boolean', 'JSON'],
};
const CLAIM = [CLAIM_NAME, JSON_TYPE];
const MULTIVALUED = flag('multivalued', 'Multivalued', 'All values as a list, instead of the first one.', 'false');

const ACCESS_TOKEN = flag('access.token.claim', 'Add to access token', 'Written into access tokens.', 'true');
const ID_TOKEN = flag('id.token.claim', 'Add to ID token', 'Written into ID tokens.', 'true');
const LIGHTWEIGHT = flag(
  'lightweight.claim',
  'Add to lightweight access token',
  'Written into access tokens of clients that get lightweight ones.',
  'false',
);
const USERINFO = flag(
  'userinfo.token.claim',
  'Add to userinfo',
  'Part of the userinfo answer. Without a value, ID tokens decide.',
  'true',
);
const INTROSPECTION = flag(
  'introspection.token.claim',
  'Add to token introspection',
  'Part of what introspection says of an access token. Without a value, access tokens decide.',
  'true',
);
const EVERYWHERE = [ID_TOKEN, ACCESS_TOKEN, LIGHTWEIGHT, USERINFO, INTROSPECTION];
const ACCESS_ONLY = [ACCESS_TOKEN, LIGHTWEIGHT, INTROSPECTION];

const rolePrefix = (kind: 'realmRoleMapping' | 'clientRoleMapping'): MapperProperty =>
  text(`usermodel.${kind}.rolePrefix`, 'Role prefix', 'Put before the name of every role.');
const CLIENT_OF_ROLES: MapperProperty = {
  name: 'usermodel.clientRoleMapping.clientId',
  label: 'Client ID',
  helpText: 'Only roles of this client; of all clients when empty.',
  type: 'ClientList',
};
const ROLE: MapperProperty = {
  name: 'role',
  label: 'Role',
  helpText: 'A role of the realm by its name, a role of a client as `client.role`.',
  type: 'Role',
};

/** How the members of the address claim (OpenID Connect Core section 5.1.1) are found. */
const ADDRESS = [
  ['street', 'street address'],
  ['locality', 'city or locality'],
  ['region', 'state, province or region'],
  ['postal_code', 'postal code'],
  ['country', 'country'],
  ['formatted', 'whole address, as it is printed'],
].map(([key = '', what = '']) =>
  text(`user.attribute.${key}`, `Attribute for ${key.replace('_', ' ')}`, `Attribute that holds the ${what}.`, key),
);

/** What may be set for each kind of protocol mapper, by id: what has an effect here. Nothing for a kind that is not named. */
export const MAPPER_PROPERTIES: Readonly<Record<string, readonly MapperProperty[]>> = {
  'oidc-sub-mapper': ACCESS_ONLY,
  'oidc-acr-mapper': EVERYWHERE,
  'oidc-allowed-origins-mapper': ACCESS_ONLY,
  'oidc-sha256-pairwise-sub-mapper': [
    text(
      'sectorIdentifierUri',
      'Sector Identifier URI',
      'Clients with the same host here know a user by the same subject. Without it the host of the redirect URIs counts.',
    ),
    text('pairwiseSubAlgorithmSalt', 'Salt', 'Part of what subjects are computed from. A new salt means new subjects.'),
  ],
  'oidc-hardcoded-role-mapper': [ROLE],
  'oidc-role-name-mapper': [
    ROLE,
    text('new.role.name', 'New Role Name', 'What tokens call the role; `client.role` moves it to a client.'),
  ],
  'oidc-usermodel-realm-role-mapper': [rolePrefix('realmRoleMapping'), CLAIM_NAME, ...EVERYWHERE],
  'oidc-usermodel-client-role-mapper': [
    CLIENT_OF_ROLES,
    rolePrefix('clientRoleMapping'),
    { ...CLAIM_NAME, helpText: `${CLAIM_NAME.helpText ?? ''} \`\${client_id}\` stands for the client of the roles.` },
    ...EVERYWHERE,
  ],
  'oidc-audience-resolve-mapper': ACCESS_ONLY,
  'oidc-audience-mapper': [
    {
      name: 'included.client.audience',
      label: 'Included Client Audience',
      helpText: 'Client whose id becomes part of the audience.',
      type: 'ClientList',
    },
    text('included.custom.audience', 'Included Custom Audience', 'Used when no client is chosen.'),
    ...EVERYWHERE,
  ],
  'oidc-session-state-mapper': EVERYWHERE,
  'oidc-nonce-backwards-compatible-mapper': ACCESS_ONLY,
  'oidc-usersessionmodel-note-mapper': [
    text('user.session.note', 'User Session Note', 'Name of the note, for instance `AUTH_TIME`.'),
    ...CLAIM,
    ...EVERYWHERE,
  ],
  'oidc-usermodel-property-mapper': [
    text('user.attribute', 'Property', 'Member of the user, for instance `username`, `emailVerified` or `enabled`.'),
    ...CLAIM,
    ...EVERYWHERE,
  ],
  'oidc-usermodel-attribute-mapper': [
    {
      name: 'user.attribute',
      label: 'User Attribute',
      helpText: 'Name of the attribute.',
      type: 'UserProfileAttributeList',
    },
    ...CLAIM,
    ...EVERYWHERE,
    MULTIVALUED,
  ],
  'oidc-full-name-mapper': EVERYWHERE,
  'oidc-address-mapper': [...ADDRESS, ...EVERYWHERE],
  'oidc-group-membership-mapper': [
    CLAIM_NAME,
    flag('full.path', 'Full group path', 'Paths such as `/top/below`, instead of names.', 'true'),
    ...EVERYWHERE,
  ],
  'oidc-hardcoded-claim-mapper': [text('claim.value', 'Claim value', 'The value itself.'), ...CLAIM, ...EVERYWHERE],
};
