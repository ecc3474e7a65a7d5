import type { OperationType, ResourceType } from '../events/admin-events.js';

/** What a changing request means to the audit. */
export interface AuditedRoute {
  /** Address below the realm; `*` stands for one segment, or for a choice of segments. */
  readonly path: string;
  /** Absent: nothing that is worth an event changes. */
  readonly resource?: ResourceType;
  /** Where it is not CREATE for POST, UPDATE for PUT and DELETE for DELETE. */
  readonly operation?: OperationType;
  /** Where the method matters. */
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  /** The body is a secret, or says nothing. */
  readonly withoutRepresentation?: true;
  /** What stands for the body of a request that has none, as JSON. */
  readonly says?: (query: Readonly<Record<string, unknown>>) => string;
}

const nothing = (): string => '{}';
const kindOfSession = ({ isOffline }: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ offline: isOffline === 'true' });

/**
 * Every address of the Admin API that changes something, the first that matches counts. A test compares it with the controllers.
 * Resource types are those of the reference.
 */
const AUDITED_ROUTES: readonly AuditedRoute[] = [
  { path: '', resource: 'REALM' },
  { path: 'logout-all', resource: 'REALM', operation: 'ACTION', says: nothing },
  { path: 'push-revocation', resource: 'REALM', operation: 'ACTION', says: nothing },
  { path: 'testSMTPConnection' },
  { path: 'clear-(realm|user|keys|crl)-cache', resource: 'REALM', operation: 'ACTION', withoutRepresentation: true },
  { path: 'client-description-converter' },
  { path: 'localization/*(/*)?', resource: 'REALM', operation: 'UPDATE' },
  // Out of scope: they are refused, whatever they ask for.
  { path: 'users-management-permissions' },
  { path: '(identity-provider|organizations|workflows|user-storage)(/.+)?' },
  { path: 'clients-initial-access(/.+)?' },
  { path: 'client-policies/*', resource: 'REALM' },
  { path: '(testLDAPConnection|ldap-server-capabilities)' },
  { path: 'partial-export' },
  { path: 'partialImport', resource: 'REALM', operation: 'ACTION' },
  { path: 'events', method: 'DELETE' },
  { path: 'admin-events', method: 'DELETE' },
  { path: 'events/config', resource: 'REALM' },
  { path: 'default-groups/*', method: 'PUT', resource: 'GROUP', operation: 'CREATE' },
  { path: 'default-groups/*', resource: 'GROUP' },
  { path: 'default-(default|optional)-client-scopes/*', method: 'PUT', resource: 'CLIENT_SCOPE', operation: 'CREATE' },
  { path: 'default-(default|optional)-client-scopes/*', resource: 'CLIENT_SCOPE' },

  { path: 'authentication/flows/*/executions', resource: 'AUTH_EXECUTION' },
  { path: 'authentication/flows/*/executions/execution', resource: 'AUTH_EXECUTION' },
  { path: 'authentication/flows/*/executions/flow', resource: 'AUTH_EXECUTION_FLOW' },
  { path: 'authentication/flows', resource: 'AUTH_FLOW' },
  { path: 'authentication/flows/*', resource: 'AUTH_FLOW' },
  { path: 'authentication/flows/*/copy', resource: 'AUTH_FLOW' },
  { path: 'authentication/flows/*/simulate' },
  { path: 'authentication/pending-bindings/*', resource: 'AUTH_FLOW' },
  { path: 'authentication/pending-bindings/*/confirm', resource: 'AUTH_FLOW', operation: 'ACTION' },
  { path: 'authentication/flows/*/versions/*/restore', resource: 'AUTH_FLOW', operation: 'UPDATE' },
  { path: 'authentication/executions', resource: 'AUTH_EXECUTION' },
  { path: 'authentication/executions/*', resource: 'AUTH_EXECUTION' },
  { path: 'authentication/executions/*/(raise|lower)-priority', resource: 'AUTH_EXECUTION', operation: 'UPDATE' },
  { path: 'authentication/executions/*/place', resource: 'AUTH_EXECUTION', operation: 'UPDATE' },
  { path: 'authentication/executions/*/config', resource: 'AUTHENTICATOR_CONFIG' },
  { path: 'authentication/config', resource: 'AUTHENTICATOR_CONFIG' },
  { path: 'authentication/config/*', resource: 'AUTHENTICATOR_CONFIG' },
  { path: 'authentication/register-required-action', resource: 'REQUIRED_ACTION' },
  { path: 'authentication/required-actions/*/config', resource: 'REQUIRED_ACTION_CONFIG' },
  { path: 'authentication/required-actions/*', resource: 'REQUIRED_ACTION' },
  {
    path: 'authentication/required-actions/*/(raise|lower)-priority',
    resource: 'REQUIRED_ACTION',
    operation: 'UPDATE',
  },

  { path: 'components', resource: 'COMPONENT' },
  { path: 'components/*', resource: 'COMPONENT' },

  { path: 'clients', resource: 'CLIENT' },
  { path: 'clients/*', resource: 'CLIENT' },
  { path: 'clients/*/client-secret', resource: 'CLIENT', operation: 'ACTION', withoutRepresentation: true },
  { path: 'clients/*/client-secret/rotated', resource: 'CLIENT', withoutRepresentation: true },
  { path: 'clients/*/registration-access-token', resource: 'CLIENT', operation: 'UPDATE', withoutRepresentation: true },
  {
    path: 'clients/*/certificates/*/(generate|generate-and-download|upload|upload-certificate)',
    resource: 'CLIENT',
    operation: 'UPDATE',
    withoutRepresentation: true,
  },
  { path: 'clients/*/certificates/*/download' },
  { path: '(clients|users|groups|roles-by-id)/*/management/permissions' },
  { path: 'clients/*/authz/resource-server(/.+)?' },
  { path: 'clients/*/push-revocation', resource: 'CLIENT', operation: 'ACTION' },
  { path: 'clients/*/nodes', resource: 'CLUSTER_NODE' },
  { path: 'clients/*/nodes/*', resource: 'CLUSTER_NODE' },
  { path: 'clients/*/(default|optional)-client-scopes/*', method: 'PUT', resource: 'CLIENT', operation: 'CREATE' },
  { path: 'clients/*/(default|optional)-client-scopes/*', resource: 'CLIENT' },
  { path: 'client-(scopes|templates)', resource: 'CLIENT_SCOPE' },
  { path: 'client-(scopes|templates)/*', resource: 'CLIENT_SCOPE' },
  { path: '(clients|client-scopes)/*/protocol-mappers/(models|add-models)', resource: 'PROTOCOL_MAPPER' },
  { path: '(clients|client-scopes)/*/protocol-mappers/models/*', resource: 'PROTOCOL_MAPPER' },
  { path: '(clients|client-scopes)/*/scope-mappings/realm', resource: 'REALM_SCOPE_MAPPING' },
  { path: '(clients|client-scopes)/*/scope-mappings/clients/*', resource: 'CLIENT_SCOPE_MAPPING' },

  { path: 'roles', resource: 'REALM_ROLE' },
  { path: 'roles/*', resource: 'REALM_ROLE' },
  { path: '(roles|roles-by-id)/*/composites', resource: 'REALM_ROLE' },
  { path: 'roles-by-id/*', resource: 'REALM_ROLE' },
  { path: 'clients/*/roles', resource: 'CLIENT_ROLE' },
  { path: 'clients/*/roles/*', resource: 'CLIENT_ROLE' },
  { path: 'clients/*/roles/*/composites', resource: 'CLIENT_ROLE' },
  { path: '(users|groups)/*/role-mappings/realm', resource: 'REALM_ROLE_MAPPING' },
  { path: '(users|groups)/*/role-mappings/clients/*', resource: 'CLIENT_ROLE_MAPPING' },

  { path: 'users', resource: 'USER' },
  { path: 'users/profile', resource: 'USER_PROFILE' },
  { path: 'users/*', resource: 'USER' },
  { path: 'users/*/disable-credential-types', resource: 'USER', operation: 'ACTION' },
  { path: 'users/*/reset-password', resource: 'USER', operation: 'ACTION', withoutRepresentation: true },
  {
    path: 'users/*/(execute-actions-email|send-verify-email|reset-password-email)',
    resource: 'USER',
    operation: 'ACTION',
    withoutRepresentation: true,
  },
  { path: 'users/*/credentials/*', resource: 'USER', operation: 'ACTION' },
  { path: 'users/*/credentials/*/userLabel', resource: 'USER', operation: 'UPDATE' },
  { path: 'users/*/credentials/*/moveToFirst', resource: 'USER', operation: 'UPDATE' },
  { path: 'users/*/credentials/*/moveAfter/*', resource: 'USER', operation: 'UPDATE' },
  { path: 'users/*/groups/*', method: 'PUT', resource: 'GROUP_MEMBERSHIP', operation: 'CREATE' },
  { path: 'users/*/groups/*', resource: 'GROUP_MEMBERSHIP' },
  { path: 'users/*/consents/*', resource: 'USER', operation: 'ACTION' },
  { path: 'users/*/federated-identity/*' },
  { path: 'users/*/impersonation' },
  { path: 'users/*/vc/.+' },
  { path: 'users/*/logout', resource: 'USER', operation: 'ACTION' },
  { path: 'groups', resource: 'GROUP' },
  { path: 'groups/*', resource: 'GROUP' },
  { path: 'groups/*/children', resource: 'GROUP' },
  { path: 'sessions/*', resource: 'USER_SESSION', says: kindOfSession },
  { path: 'attack-detection/brute-force/users', resource: 'USER_LOGIN_FAILURE' },
  { path: 'attack-detection/brute-force/users/*', resource: 'USER_LOGIN_FAILURE' },
];

const BY_METHOD: Readonly<Record<string, OperationType>> = { POST: 'CREATE', PUT: 'UPDATE', DELETE: 'DELETE' };

const patterns = AUDITED_ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll('*', '[^/]+')}$`),
}));

/**
 * The row of a changing request, with its operation.
 * @param path below the realm, without slashes at its ends
 * @returns undefined where there is none
 */
export function auditedRoute(method: string, path: string): (AuditedRoute & { operation: OperationType }) | undefined {
  const byMethod = BY_METHOD[method];
  const found = patterns.find(
    ({ route, pattern }) => (route.method === undefined || route.method === method) && pattern.test(path),
  );
  return found && byMethod && { ...found.route, operation: found.route.operation ?? byMethod };
}
