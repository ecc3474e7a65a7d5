import type { ClientScope, ClientScopeStore } from '../realm/client-scope.js';
import type { Realm } from '../realm/realm.js';
import type { ClientScopeBody } from '../representations/client-scope-body.js';
import { toClientScope } from '../representations/client-scope-representation.js';
import { withImpliedUserinfo } from '../representations/protocol-mapper-representation.js';
import { mergeEntries } from '../representations/text-entries.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';

const PROTOCOLS = ['openid-connect', 'saml'];

/** Client scopes of a realm. */
export class ClientScopeAdministration {
  constructor(
    private readonly scopes: ClientScopeStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  list(realm: Realm): Promise<readonly ClientScope[]> {
    return this.scopes.list(realm.id);
  }

  /** @throws NotFoundError `client_scope_unknown` */
  async get(realm: Realm, id: string): Promise<ClientScope> {
    const scope = await this.scopes.byId(realm.id, id);
    if (!scope) throw administrationErrors.clientScopeUnknown();
    return scope;
  }

  /** @returns the id @throws InvalidInputError `client_scope_name`, `client_scope_protocol` @throws ConflictError `client_scope_exists` */
  async create(realm: Realm, body: ClientScopeBody): Promise<string> {
    const { name = '' } = body;
    if (name.trim() === '' || /\s/.test(name)) throw administrationErrors.clientScopeName(name);
    if (!PROTOCOLS.includes(body.protocol ?? '')) throw administrationErrors.clientScopeProtocol();
    const id = body.id ?? newId();
    await this.unitOfWork.run(async () => {
      await this.refuseTaken(realm, name, id);
      const scope = toClientScope(body, { id, realmId: realm.id, name }, newId);
      await this.scopes.insert({ ...scope, protocolMappers: withImpliedUserinfo(scope.protocolMappers) });
    });
    return id;
  }

  /** Changes the members that the body gives, except mappers, which have routes of their own. @throws as `get` and `create` */
  async update(realm: Realm, id: string, body: ClientScopeBody): Promise<void> {
    await this.change(realm, id, async (scope) => {
      const { name = scope.name, protocol = scope.protocol, description = scope.description } = body;
      if (name !== scope.name && /^$|\s/.test(name)) throw administrationErrors.clientScopeName(name);
      if (!PROTOCOLS.includes(protocol)) throw administrationErrors.clientScopeProtocol();
      await this.refuseTaken(realm, name, id);
      const attributes = mergeEntries(scope.attributes, body.attributes);
      return { ...scope, name, protocol, attributes, ...(description !== undefined && { description }) };
    });
  }

  /** Deletes the scope; clients and the realm's lists forget it. @throws NotFoundError `client_scope_unknown` */
  async delete(realm: Realm, id: string): Promise<void> {
    if (!(await this.unitOfWork.run(() => this.scopes.delete(realm.id, id))))
      throw administrationErrors.clientScopeUnknown();
  }

  /** Changes one scope on what is stored now. @throws NotFoundError `client_scope_unknown` */
  change(realm: Realm, id: string, change: (scope: ClientScope) => ClientScope | Promise<ClientScope>): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.scopes.update(await change(await this.get(realm, id)));
    });
  }

  private async refuseTaken(realm: Realm, name: string, id: string): Promise<void> {
    const taken = (await this.scopes.list(realm.id)).some((scope) => scope.name === name && scope.id !== id);
    if (taken) throw administrationErrors.clientScopeTaken(name);
  }
}
