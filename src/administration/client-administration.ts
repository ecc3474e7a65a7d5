import type { FlowBindingService } from '../flows/flow-bindings.js';
import { ADMIN_REALM, REALM_MANAGEMENT } from '../realm/admin-realm.js';
import type { ClientScope, ClientScopeStore } from '../realm/client-scope.js';
import type { Client, ClientQuery, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import { newClientSecret, SECRET_MADE_AT } from '../realm-files/client-secret.js';
import type { ClientBody } from '../representations/client-body.js';
import { mergeClient, newClient, toClientRepresentation } from '../representations/client-representation.js';
import { withImpliedUserinfo } from '../representations/protocol-mapper-representation.js';
import { MASK } from '../representations/kept-secrets.js';
import { withClientMarks } from '../sessions/lifetime-changes.js';
import type { Clock } from '../shared/clock.js';
import type { JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';
import { checkClientAddresses, checkPairwiseHosts } from './client-addresses.js';
import { added, without } from './realm-defaults.js';
import type { ServiceAccounts } from './service-accounts.js';
import type { SessionAdministration } from './session-administration.js';

/** Client scope that the tokens of service accounts need. */
const SERVICE_ACCOUNT_SCOPE = 'service_account';

/** Attribute with a secret that another one took the place of; its times are in attributes below it. */
const ROTATED_SECRET = 'client.secret.rotated';

const OWN_CLIENTS: ReadonlySet<string> = new Set([
  'account',
  'account-console',
  'admin-cli',
  'broker',
  REALM_MANAGEMENT,
  'security-admin-console',
]);

/** The two lists of client scopes of a client. */
export type AttachedScopeList = 'defaultClientScopes' | 'optionalClientScopes';

/** Clients of a realm. */
export class ClientAdministration {
  constructor(
    private readonly clients: ClientStore,
    private readonly scopes: ClientScopeStore,
    private readonly bindings: FlowBindingService,
    private readonly serviceAccounts: ServiceAccounts,
    private readonly sessions: SessionAdministration,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  list(realm: Realm, query: ClientQuery): Promise<readonly Client[]> {
    return this.clients.list(realm.id, query);
  }

  /** @throws NotFoundError `client_unknown` */
  async get(realm: Realm, id: string): Promise<Client> {
    const client = await this.clients.byId(realm.id, id);
    if (!client) throw administrationErrors.clientUnknown();
    return client;
  }

  /** Clients as a caller sees them, with their secrets only for one who may manage them. */
  async represent(realm: Realm, clients: readonly Client[], mayManage: boolean): Promise<readonly JsonObject[]> {
    const names = new Map((await this.scopes.list(realm.id)).map(({ id, name }) => [id, name]));
    const access = { view: true, configure: mayManage, manage: mayManage };
    return clients.map((client) => {
      const secret = mayManage ? this.secretOf(client) : undefined;
      return toClientRepresentation(client, {
        nameOfScope: (id) => names.get(id),
        access,
        ...(secret !== undefined && { secret }),
      });
    });
  }

  /**
   * Makes a client with the reference's defaults for what the body leaves out; without a `clientId` it is called by its id.
   * @returns its id
   * @throws InvalidInputError `client_id_missing`, `client_id_reserved`, `client_address`, `binding_refused`, `member_missing`
   * @throws ConflictError `client_exists`, `duplicate_resource` for an id that is taken
   */
  async create(realm: Realm, body: ClientBody): Promise<string> {
    checkClientAddresses(body);
    const id = body.id ?? newId();
    const { clientId = id } = body;
    if (clientId.trim() === '') throw administrationErrors.clientIdMissing();
    if (holdsRolesOverRealm(realm, clientId)) throw administrationErrors.clientIdReserved();
    await this.unitOfWork.run(async () => {
      if (body.id !== undefined && (await this.clients.byId(realm.id, id))) throw administrationErrors.duplicate();
      const attached = attachedScopes(realm, await this.scopes.list(realm.id), body);
      const client = newClient(body, { id, realmId: realm.id, clientId, ...attached }, { newId });
      const flowOverrides = await this.bindings.validateOverrides(
        realm.id,
        { id, clientId, flowOverrides: {} },
        body.authenticationFlowBindingOverrides ?? {},
      );
      const protocolMappers = withImpliedUserinfo(client.protocolMappers);
      const stored: Client = { ...client, ...this.sealedSecret(client, body), flowOverrides, protocolMappers };
      checkPairwiseHosts(stored);
      await this.clients.insert(stored);
      await this.serviceAccounts.follow(realm, stored);
    });
    return id;
  }

  /**
   * Changes the members that the body gives. Client scopes are changed through routes of their own. A client that is switched off
   * loses its sessions.
   * @throws NotFoundError `client_unknown`
   * @throws InvalidInputError `client_address`, `client_id_missing`, `binding_refused`, `member_missing`, `client_id_reserved` when a
   *   client that is needed would get another name, or another client its name
   * @throws ConflictError `duplicate_resource`
   */
  async update(realm: Realm, id: string, body: ClientBody): Promise<void> {
    checkClientAddresses(body);
    if (body.clientId?.trim() === '') throw administrationErrors.clientIdMissing();
    const [before, after] = await this.change(realm, id, async (client) => {
      const overrides = body.authenticationFlowBindingOverrides ?? {};
      const flowOverrides = await this.bindings.validateOverrides(realm.id, client, overrides);
      const merged = mergeClient(client, { ...body, clientId: body.clientId ?? client.clientId }, { newId });
      checkPairwiseHosts(merged);
      const holder =
        merged.clientId === client.clientId ? undefined : await this.clients.byClientId(realm.id, merged.clientId);
      if (holder) throw administrationErrors.clientIdTaken();
      if (merged.clientId !== client.clientId && [client, merged].some((each) => isNeeded(realm, each)))
        throw administrationErrors.clientIdReserved();
      return { ...merged, ...this.sealedSecret(merged, body), flowOverrides };
    });
    if (before.enabled && !after.enabled) await this.sessions.endAllOfClient(realm, id);
  }

  /**
   * Deletes the client with its roles, sessions and service account.
   * @throws NotFoundError `client_unknown`
   * @throws InvalidInputError `client_needed` for a client that every realm needs
   */
  async delete(realm: Realm, id: string): Promise<void> {
    const client = await this.get(realm, id);
    if (isNeeded(realm, client)) throw administrationErrors.clientNeeded();
    await this.sessions.endAllOfClient(realm, id);
    await this.unitOfWork.run(async () => {
      await this.serviceAccounts.remove(client);
      await this.clients.delete(realm.id, id);
    });
  }

  /** The secret in the clear; undefined when the client has none. */
  secretOf(client: Client): string | undefined {
    return client.sealedSecret === undefined ? undefined : this.sealer.open(client.sealedSecret, client.id);
  }

  /** Gives the client a new secret; the old one stops working. @throws NotFoundError `client_unknown` */
  async renewSecret(realm: Realm, id: string): Promise<string> {
    const secret = newClientSecret();
    await this.change(realm, id, (client) => ({ ...client, ...this.madeSecret(client, secret) }));
    return secret;
  }

  /**
   * Forgets the secret before this one. It never works here; one that came with a realm file would work again where rotation is on.
   * @throws NotFoundError `client_unknown`
   */
  async forgetRotatedSecret(realm: Realm, id: string): Promise<void> {
    await this.change(realm, id, (client) => {
      const kept = Object.entries(client.attributes).filter(([name]) => !name.startsWith(ROTATED_SECRET));
      return { ...client, attributes: Object.fromEntries(kept) };
    });
  }

  /** @throws NotFoundError `client_unknown` @throws InvalidInputError `no_service_account` */
  async serviceAccountOf(realm: Realm, id: string): Promise<User> {
    const client = await this.get(realm, id);
    const account = client.serviceAccountsEnabled ? await this.serviceAccounts.of(client) : undefined;
    if (!account) throw administrationErrors.noServiceAccount(client.clientId);
    return account;
  }

  /** @throws NotFoundError `client_unknown` */
  async attachedScopes(realm: Realm, id: string, list: AttachedScopeList): Promise<readonly ClientScope[]> {
    const client = await this.get(realm, id);
    return client[list].length === 0 ? [] : this.scopes.byIds(realm.id, client[list]);
  }

  /**
   * Attaches a scope; one that is attached already stays in the list that has it, one of another protocol is left out in silence.
   * @throws NotFoundError `client_unknown`, `client_scope_not_found`
   */
  async attachScope(realm: Realm, id: string, list: AttachedScopeList, scopeId: string): Promise<void> {
    await this.change(realm, id, async (client) => {
      const scope = await this.attachable(realm, scopeId);
      const taken = [...client.defaultClientScopes, ...client.optionalClientScopes].includes(scopeId);
      return taken || scope.protocol !== client.protocol ? client : { ...client, [list]: added(client[list], scopeId) };
    });
  }

  /** Detaches a scope from whichever list has it. @throws NotFoundError `client_unknown`, `client_scope_not_found` */
  async detachScope(realm: Realm, id: string, scopeId: string): Promise<void> {
    await this.change(realm, id, async (client) => {
      await this.attachable(realm, scopeId);
      return {
        ...client,
        defaultClientScopes: without(client.defaultClientScopes, scopeId),
        optionalClientScopes: without(client.optionalClientScopes, scopeId),
      };
    });
  }

  /**
   * Changes one client on what is stored now; its service account follows, and its parts of sessions that are over stay over.
   * @throws NotFoundError `client_unknown`
   */
  change(
    realm: Realm,
    id: string,
    change: (client: Client) => Client | Promise<Client>,
  ): Promise<readonly [before: Client, after: Client]> {
    return this.unitOfWork.run(async () => {
      const before = await this.clients.byIdForChange(realm.id, id);
      if (!before) throw administrationErrors.clientUnknown();
      const after = withClientMarks(before, await change(before), realm, this.clock.now());
      await this.clients.update(after);
      await this.serviceAccounts.follow(realm, after);
      return [before, after] as const;
    });
  }

  private async attachable(realm: Realm, scopeId: string): Promise<ClientScope> {
    const scope = await this.scopes.byId(realm.id, scopeId);
    if (!scope) throw administrationErrors.otherClientScopeUnknown();
    return scope;
  }

  /** The body's secret, or a new one for a confidential client that has none. A masked one stays as it was. */
  private sealedSecret(client: Client, { secret }: ClientBody): Partial<Pick<Client, 'sealedSecret' | 'attributes'>> {
    if (secret !== undefined && secret !== '' && secret !== MASK)
      return { sealedSecret: this.sealer.seal(secret, client.id) };
    if (client.sealedSecret !== undefined || client.publicClient) return {};
    return this.madeSecret(client, newClientSecret());
  }

  /** A secret that the server has made, and when. */
  private madeSecret({ id, attributes }: Client, secret: string): Pick<Client, 'sealedSecret' | 'attributes'> {
    return {
      sealedSecret: this.sealer.seal(secret, id),
      attributes: { ...attributes, [SECRET_MADE_AT]: String(this.clock.seconds()) },
    };
  }
}

/** The clients of the server's own consoles and APIs; in `master` also those that hold the roles over other realms. */
const isNeeded = (realm: Realm, { clientId }: Client): boolean =>
  OWN_CLIENTS.has(clientId) || holdsRolesOverRealm(realm, clientId);

/** Whoever made such a client before its realm is there would hold the roles over that realm. */
const holdsRolesOverRealm = (realm: Realm, clientId: string): boolean =>
  realm.name === ADMIN_REALM && clientId.endsWith('-realm');

/** Scopes of a new client: those the body names, else the realm's of the same protocol. Names nobody knows are left out. */
function attachedScopes(
  realm: Realm,
  scopes: readonly ClientScope[],
  body: ClientBody,
): Pick<Client, AttachedScopeList> {
  const protocol = body.protocol ?? 'openid-connect';
  const named = (names: readonly string[]): string[] =>
    scopes.filter(({ name }) => names.includes(name)).map(({ id }) => id);
  const ofRealm = (ids: readonly string[]): string[] =>
    scopes.filter((scope) => ids.includes(scope.id) && scope.protocol === protocol).map(({ id }) => id);
  const own = body.serviceAccountsEnabled ? named([SERVICE_ACCOUNT_SCOPE]) : [];
  const defaults = body.defaultClientScopes
    ? named(body.defaultClientScopes)
    : ofRealm(realm.defaultDefaultClientScopes);
  const optional = body.optionalClientScopes
    ? named(body.optionalClientScopes)
    : ofRealm(realm.defaultOptionalClientScopes);
  return {
    defaultClientScopes: [...new Set([...defaults, ...own])],
    optionalClientScopes: optional.filter((id) => !defaults.includes(id)),
  };
}
