import type { FlowCatalog } from '../flows/stored-flow.js';
import type { ClientScope } from '../realm/client-scope.js';
import type { Client } from '../realm/client.js';
import type { ClientData } from '../representations/client-body.js';
import { CLIENT_MEMBERS_NOT_UNDERSTOOD } from '../representations/client-body.js';
import { newClient } from '../representations/client-representation.js';
import { MASK } from '../representations/kept-secrets.js';
import { newClientSecret, SECRET_MADE_AT } from './client-secret.js';
import { NameIndex, fileError, requiredText } from './name-index.js';
import { holdsSomething } from './not-understood.js';
import type { PlanContext } from './realm-plan.js';
import type { SeededRealm } from './seeded-realm.js';

/** Scope that the tokens of service accounts need. */
const SERVICE_ACCOUNT_SCOPE = 'service_account';

/** Ids of the clients by clientId: roles, users and mappings name clients before they are made. @throws InvalidInputError */
export function nameClients({ clients }: SeededRealm, newId: () => string): NameIndex {
  const names = new NameIndex('client');
  for (const [at, client] of clients.entries()) {
    const path = `clients[${String(at)}].clientId`;
    names.add(requiredText(client.clientId, path), client.id ?? newId(), path);
  }
  return names;
}

interface ClientSurroundings {
  readonly clients: NameIndex;
  readonly scopes: readonly ClientScope[];
  readonly scopeNames: NameIndex;
  readonly scopeMappings: ReadonlyMap<string, readonly string[]>;
  readonly catalog: FlowCatalog;
}

/** The clients, secrets sealed. @throws InvalidInputError */
export function planClients(seeded: SeededRealm, around: ClientSurroundings, context: PlanContext): readonly Client[] {
  return seeded.clients.map((body, at) => planClient(body, `clients[${String(at)}]`, seeded, around, context));
}

function planClient(
  body: ClientData,
  path: string,
  seeded: SeededRealm,
  around: ClientSurroundings,
  context: PlanContext,
): Client {
  const clientId = requiredText(body.clientId, `${path}.clientId`);
  const id = around.clients.get(clientId, `${path}.clientId`);
  const attached = scopesOf(body, path, seeded, around);
  const client = newClient(
    body,
    { id, realmId: context.realmId, clientId, ...attached },
    { newId: context.newId, path },
  );
  const given = givenSecret(body);
  const secret = given ?? (client.publicClient || client.bearerOnly ? undefined : newClientSecret());
  const isMade = given === undefined && secret !== undefined;
  for (const member of CLIENT_MEMBERS_NOT_UNDERSTOOD)
    if (holdsSomething(body[member])) context.note(`${member} of client "${clientId}"`);
  return {
    ...client,
    ...(isMade && { attributes: { ...client.attributes, [SECRET_MADE_AT]: String(Math.floor(context.now / 1000)) } }),
    flowOverrides: overridesOf(body, path, around.catalog),
    scopeMappings: around.scopeMappings.get(id) ?? [],
    ...(secret !== undefined && { sealedSecret: context.seal(secret, id) }),
  };
}

/** The file's secret of a client. Where it has none or masks it, confidential clients get a new one. */
const givenSecret = ({ secret }: ClientData): string | undefined =>
  secret === undefined || secret === '' || secret === MASK ? undefined : secret;

function scopesOf(body: ClientData, path: string, seeded: SeededRealm, { scopes, scopeNames }: ClientSurroundings) {
  const protocol = body.protocol ?? 'openid-connect';
  const named = (names: readonly string[], member: string): readonly string[] =>
    names.map((name, at) => scopeNames.get(name, `${path}.${member}[${String(at)}]`));
  // The realm's own lists hold scopes of all protocols: a client gets those of its own.
  const ofRealm = (names: readonly string[], member: string): readonly string[] => {
    const ids = new Set(names.map((name, at) => scopeNames.get(name, `${member}[${String(at)}]`)));
    return scopes.filter((scope) => ids.has(scope.id) && scope.protocol === protocol).map(({ id }) => id);
  };
  const serviceAccount = body.serviceAccountsEnabled === true ? scopeNames.find(SERVICE_ACCOUNT_SCOPE) : undefined;
  return {
    defaultClientScopes: body.defaultClientScopes
      ? named(body.defaultClientScopes, 'defaultClientScopes')
      : [
          ...ofRealm(seeded.defaultClientScopes, 'defaultDefaultClientScopes'),
          ...(serviceAccount === undefined ? [] : [serviceAccount]),
        ],
    optionalClientScopes: body.optionalClientScopes
      ? named(body.optionalClientScopes, 'optionalClientScopes')
      : ofRealm(seeded.optionalClientScopes, 'defaultOptionalClientScopes'),
  };
}

function overridesOf(body: ClientData, path: string, catalog: FlowCatalog): Client['flowOverrides'] {
  const given = body.authenticationFlowBindingOverrides ?? {};
  const named = Object.entries(given).flatMap(([key, value]) => {
    const flowId = value?.trim() ?? '';
    if (flowId === '') return [];
    const place = `${path}.authenticationFlowBindingOverrides.${key}`;
    const flow = catalog.flows.find((candidate) => candidate.id === flowId);
    if (!flow?.topLevel)
      throw fileError('unknown_reference', place, `there is no top-level flow with the id "${flowId}"`);
    return [[key, flowId] as const];
  });
  return Object.fromEntries(named);
}
