import type { ClientScope, ClientScopeStore, ProtocolMapper } from '../realm/client-scope.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Role, RoleStore } from '../realm/role.js';
import type { User, UserStore } from '../realm/user.js';
import type { Json, JsonObject } from '../shared/json.js';
import type { ExampleOrder, ExampleTokens } from '../tokens/example-tokens.js';
import { grant, scopeNames, type GrantedScope } from '../tokens/scopes.js';
import type { Issuer } from '../tokens/token-service.js';
import { administrationErrors } from './administration-errors.js';
import type { ClientAdministration } from './client-administration.js';
import type { RoleAdministration } from './role-administration.js';

/** Kinds of examples. */
export type ExampleKind = 'access' | 'id' | 'userInfo';

/** What an example is asked for with; everything may be missing. */
export interface ExampleWishes {
  readonly scope: string | undefined;
  readonly userId: string | undefined;
  /** Public ids of clients, parted by spaces. */
  readonly audience: string | undefined;
}

/**
 * What the scopes of a client come to, before anybody logs in (Admin API reference 5.2, "evaluate-scopes"). Scopes that the client
 * does not have are passed over. Every method throws NotFoundError `client_unknown`.
 */
export class ScopeEvaluation {
  constructor(
    private readonly clients: ClientAdministration,
    private readonly clientStore: ClientStore,
    private readonly scopes: ClientScopeStore,
    private readonly roles: RoleStore,
    private readonly roleAdministration: RoleAdministration,
    private readonly users: UserStore,
    private readonly examples: ExampleTokens,
  ) {}

  /** Mappers that take part in tokens of this scope, each with where it comes from. */
  async mappers(realm: Realm, id: string, scope: string | undefined): Promise<readonly JsonObject[]> {
    const client = await this.clients.get(realm, id);
    const { scopes } = await this.granted(realm, client, scope);
    const containers = [
      { id, name: '', type: 'client', mappers: client.protocolMappers },
      ...scopes.map((each) => ({
        id: each.id,
        name: each.name,
        type: 'client-scope',
        mappers: each.protocolMappers,
      })),
    ];
    return containers.flatMap(({ mappers, ...container }) =>
      mappers
        .filter(({ protocol }) => protocol === client.protocol)
        .map((mapper: ProtocolMapper) => ({
          mapperId: mapper.id,
          mapperName: mapper.name,
          containerId: container.id,
          containerName: container.name,
          containerType: container.type,
          protocolMapper: mapper.protocolMapper,
        })),
    );
  }

  /**
   * Roles of a container that tokens of this scope may carry, or those that they may not.
   * @param container name of the realm, or internal id of a client
   * @throws NotFoundError `role_container_unknown`
   */
  async mappedRoles(
    realm: Realm,
    id: string,
    container: string,
    scope: string | undefined,
    granted: boolean,
  ): Promise<readonly Role[]> {
    const client = await this.clients.get(realm, id);
    const all = await this.rolesOf(realm, container);
    if (client.fullScopeAllowed) return granted ? all : [];
    const { scopes } = await this.granted(realm, client, scope);
    const ids = [...new Set([client, ...scopes].flatMap(({ scopeMappings }) => scopeMappings))];
    const direct = ids.length === 0 ? [] : await this.roles.byIds(realm.id, ids);
    const reached = new Set((await this.roleAdministration.withComposites(realm, direct)).map((role) => role.id));
    return all.filter((role) => (role.clientId === client.id || reached.has(role.id)) === granted);
  }

  /**
   * What a token, or userinfo, would say about a user.
   * @throws NotFoundError `example_user_missing`, `example_user_unknown`, `audience_unavailable`
   */
  async example(realm: Realm, id: string, kind: ExampleKind, wishes: ExampleWishes, from: Issuer): Promise<JsonObject> {
    const client = await this.clients.get(realm, id);
    const user = await this.userOf(realm, wishes.userId);
    const order = { realm, client, user, scope: await this.granted(realm, client, wishes.scope), from };
    if (kind === 'userInfo') return this.examples.userInfo(order);
    const audience = kind === 'access' || wishes.audience !== undefined ? await this.restricted(order, wishes) : {};
    return kind === 'access' ? audience : this.examples.id(order);
  }

  /** The access token with no other audience than what is asked for, all of which it must have. */
  private async restricted(order: ExampleOrder, { audience }: ExampleWishes): Promise<JsonObject> {
    const token = await this.examples.access(order);
    const wanted: string[] = [];
    for (const name of new Set((audience ?? '').split(/\s+/).filter(Boolean)))
      if (await this.clientStore.byClientId(order.realm.id, name)) wanted.push(name);
    if (wanted.length === 0) return token;
    const present = listOf(token['aud']);
    const missing = wanted.filter((name) => !present.includes(name));
    if (missing.length > 0) throw administrationErrors.audienceUnavailable(missing.join(', '));
    return { ...token, aud: wanted.length === 1 ? (wanted[0] ?? '') : wanted };
  }

  private async userOf(realm: Realm, userId: string | undefined): Promise<User> {
    if (userId === undefined) throw administrationErrors.exampleUserMissing();
    const user = await this.users.byId(realm.id, userId);
    if (!user) throw administrationErrors.exampleUserUnknown();
    return user;
  }

  private async rolesOf(realm: Realm, container: string): Promise<readonly Role[]> {
    if (container === realm.name) return this.roles.list(realm.id, {});
    const owner = await this.clientStore.byId(realm.id, container);
    if (!owner) throw administrationErrors.roleContainerUnknown();
    return this.roles.list(realm.id, { clientId: owner.id });
  }

  private async granted(realm: Realm, client: Client, scope: string | undefined): Promise<GrantedScope> {
    const asked = new Set(scopeNames(scope ?? ''));
    const isWanted = ({ id, name }: ClientScope): boolean => client.defaultClientScopes.includes(id) || asked.has(name);
    const ids = [...new Set([...client.defaultClientScopes, ...client.optionalClientScopes])];
    const attached = ids.length === 0 ? [] : await this.scopes.byIds(realm.id, ids);
    return grant(
      attached.filter((each) => each.protocol === client.protocol && isWanted(each)),
      asked.has('openid'),
    );
  }
}

const listOf = (aud: Json | undefined): readonly Json[] =>
  aud === undefined ? [] : Array.isArray(aud) ? (aud as readonly Json[]) : [aud];
