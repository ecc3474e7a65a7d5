import type { ProtocolMapper } from '../realm/client-scope.js';
import type { Client } from '../realm/client.js';
import type { User } from '../realm/user.js';
import type { Json } from '../shared/json.js';
import { ClaimsDraft } from './claims-draft.js';
import { TOKEN_MAPPERS } from './protocol-mappers/index.js';
import type { MapperConfig, MapperContext, TokenMapper } from './protocol-mappers/token-mapper.js';
import type { GrantedScope } from './scopes.js';

/** What claims are wanted for: each has its own switch in a mapper's config. */
export type ClaimsPurpose = 'access' | 'lightweight-access' | 'id' | 'userinfo' | 'introspection';

/** A mapper of a scope or client together with what carries it out. */
export interface BoundMapper {
  readonly kind: TokenMapper;
  readonly config: MapperConfig;
}

const KINDS = new Map(TOKEN_MAPPERS.map((mapper) => [mapper.id, mapper]));
const ORDER = new Map(TOKEN_MAPPERS.map((mapper, index) => [mapper, index]));

/** The mappers that take effect for a client and scope, in the order they run. Unknown kinds are left out. */
export function boundMappers(client: Client, scope: GrantedScope): readonly BoundMapper[] {
  return [...scope.scopes.flatMap((each) => each.protocolMappers), ...client.protocolMappers]
    .flatMap(({ protocol, protocolMapper, config }) => {
      const kind = protocol === 'openid-connect' ? KINDS.get(protocolMapper) : undefined;
      return kind ? [{ kind, config }] : [];
    })
    .sort((a, b) => (ORDER.get(a.kind) ?? 0) - (ORDER.get(b.kind) ?? 0));
}

/** What the client knows the user by: the user's id, unless a mapper gives every client (or sector) a name of its own. */
export function subjectFor(mappers: readonly BoundMapper[], user: User, client: Client): string {
  const pairwise = mappers.find(({ kind }) => kind.subjectOf);
  return pairwise?.kind.subjectOf?.(pairwise.config, user, client) ?? user.id;
}

/** Names of OpenID Connect mapper kinds this server does not carry out: an import lists them in its one warning. */
export function unknownMapperKinds(mappers: readonly ProtocolMapper[]): readonly string[] {
  const unknown = mappers.filter(
    ({ protocol, protocolMapper }) => protocol === 'openid-connect' && !KINDS.has(protocolMapper),
  );
  return [...new Set(unknown.map(({ protocolMapper }) => protocolMapper))].sort();
}

/** Claims of the mappers that are switched on for the purpose. */
export function mappedClaims(
  mappers: readonly BoundMapper[],
  purpose: ClaimsPurpose,
  context: MapperContext,
): Readonly<Record<string, Json>> {
  const draft = new ClaimsDraft();
  const inUse = mappers.filter(({ kind, config }) => wanted(kind, config, purpose));
  const roles = inUse.reduce((all, { kind, config }) => kind.shapeRoles?.(all, config) ?? all, context.roles);
  for (const { kind, config } of inUse) kind.apply(draft, config, { ...context, roles });
  return draft.finish();
}

/** Kinds that only ever write to access tokens, and to what introspection says of them. */
const ACCESS_ONLY = new Set([
  'oidc-sub-mapper',
  'oidc-sha256-pairwise-sub-mapper',
  'oidc-allowed-origins-mapper',
  'oidc-audience-resolve-mapper',
  'oidc-hardcoded-role-mapper',
  'oidc-role-name-mapper',
  'oidc-nonce-backwards-compatible-mapper',
]);

/** How somebody signed in is said of a token, not of the person. */
const NOT_IN_USERINFO = new Set([...ACCESS_ONLY, 'oidc-acr-mapper']);

function wanted(kind: TokenMapper, config: MapperConfig, purpose: ClaimsPurpose): boolean {
  const inAccessToken = config['access.token.claim'] ?? String(kind.onByDefault ?? false);
  switch (purpose) {
    case 'access':
      return inAccessToken === 'true';
    case 'lightweight-access':
      return config['lightweight.claim'] === 'true';
    case 'introspection':
      return (config['introspection.token.claim'] ?? inAccessToken) === 'true';
    case 'id':
      return !ACCESS_ONLY.has(kind.id) && config['id.token.claim'] === 'true';
    case 'userinfo':
      return !NOT_IN_USERINFO.has(kind.id) && (config['userinfo.token.claim'] ?? config['id.token.claim']) === 'true';
  }
}
