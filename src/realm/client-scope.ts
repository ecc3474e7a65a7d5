/** A rule that puts something into tokens. Config keys are Keycloak's (`claim.name`, `id.token.claim`, ...). */
export interface ProtocolMapper {
  readonly id: string;
  readonly name: string;
  readonly protocol: string;
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}

/** A named set of mappers and roles that clients share. */
export interface ClientScope {
  readonly id: string;
  readonly realmId: string;
  readonly name: string;
  readonly description?: string;
  readonly protocol: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly protocolMappers: readonly ProtocolMapper[];
  /** Ids of roles that this scope gives tokens access to. */
  readonly scopeMappings: readonly string[];
}

/** Client scopes of a realm. */
export abstract class ClientScopeStore {
  /** Undefined when the realm has no such scope. */
  abstract byId(realmId: string, id: string): Promise<ClientScope | undefined>;
  /** Those of the ids that exist, by name. */
  abstract byIds(realmId: string, ids: readonly string[]): Promise<readonly ClientScope[]>;
  /** Ordered by name. */
  abstract list(realmId: string): Promise<readonly ClientScope[]>;
  /** @throws ConflictError `client_scope_exists` */
  abstract insert(scope: ClientScope): Promise<void>;
  /** Replaces the whole scope; one that is gone stays so. @throws ConflictError `client_scope_exists` when the name is taken. */
  abstract update(scope: ClientScope): Promise<void>;
  /** False when it was not there. Clients that name it are not touched. */
  abstract delete(realmId: string, id: string): Promise<boolean>;
}
