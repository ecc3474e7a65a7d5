/** A role of the realm, or of one of its clients. */
export interface Role {
  readonly id: string;
  readonly realmId: string;
  /** Internal id of the client whose role it is; absent for a realm role. */
  readonly clientId?: string;
  /** Unique in the realm, or in the client. */
  readonly name: string;
  readonly description?: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Ids of the roles that come with it (not transitive). */
  readonly composites: readonly string[];
}

/** Who has roles: a user or a group, by id. */
export interface RoleOwner {
  readonly kind: 'user' | 'group';
  readonly id: string;
}

/** A part of a list of roles. */
export interface RolePage {
  /** Part of the name, any case. */
  readonly search?: string;
  readonly first?: number;
  /** Negative or absent: no bound. */
  readonly max?: number;
}

/** Roles that are left out of a list. */
export interface RoleExclusion {
  /** Those that are mapped to this one directly. */
  readonly mappedTo?: RoleOwner;
  /** Those with these ids. */
  readonly ids?: readonly string[];
  /** Those of the client with this internal id. */
  readonly clientId?: string;
}

export interface RoleQuery extends RolePage {
  /** Undefined: realm roles. */
  readonly clientId?: string;
  readonly without?: RoleExclusion;
}

export interface CompositeQuery extends RolePage {
  /** Those of the client with this internal id, or of the realm (null); undefined: all of them. */
  readonly container?: string | null;
}

/** `search` is a part of the role's name, or of the client's. */
export interface ClientRoleQuery extends RolePage {
  readonly without?: RoleExclusion;
}

/** A role of a client, with the name of the client. */
export interface ClientRole {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** Internal id of the client. */
  readonly clientId: string;
  readonly client: string;
}

/** Roles of a realm and of its clients, what comes with them, and who has them. */
export abstract class RoleStore {
  /** Undefined when the realm has no such role. */
  abstract byId(realmId: string, id: string): Promise<Role | undefined>;
  /** Those of the ids that exist, in no order. */
  abstract byIds(realmId: string, ids: readonly string[]): Promise<readonly Role[]>;
  /** @param clientId internal id of the client whose role it is; undefined: a role of the realm */
  abstract byName(realmId: string, clientId: string | undefined, name: string): Promise<Role | undefined>;
  /** Ordered by name. */
  abstract list(realmId: string, query: RoleQuery): Promise<readonly Role[]>;
  /** Roles that come with a role (not transitive), ordered by name. */
  abstract compositesOf(realmId: string, roleId: string, query: CompositeQuery): Promise<readonly Role[]>;
  /** Roles of all clients of the realm, ordered by client and name. */
  abstract ofClients(realmId: string, query: ClientRoleQuery): Promise<readonly ClientRole[]>;
  /** Every role of the realm, of the realm itself and of all clients. */
  abstract all(realmId: string): Promise<readonly Role[]>;
  /** @throws ConflictError `role_exists` */
  abstract insert(role: Role): Promise<void>;
  /** Replaces name, description and attributes. @throws ConflictError `role_exists` */
  abstract update(role: Omit<Role, 'composites'>): Promise<void>;
  /** Adds roles that come with the role; those that do already stay. Parallel changes of one role all count. */
  abstract addComposites(realmId: string, id: string, childIds: readonly string[]): Promise<void>;
  /** The other way round; what does not come with the role is passed over. */
  abstract removeComposites(realmId: string, id: string, childIds: readonly string[]): Promise<void>;
  /** Deletes the role, its mappings and its place in composites. */
  abstract delete(realmId: string, id: string): Promise<boolean>;

  /** Roles mapped to the user directly. */
  abstract ofUser(realmId: string, userId: string): Promise<readonly Role[]>;
  /** Roles mapped to the group directly. */
  abstract ofGroup(realmId: string, groupId: string): Promise<readonly Role[]>;
  /** Mapping what is mapped already changes nothing. */
  abstract mapToUser(realmId: string, userId: string, roleIds: readonly string[]): Promise<void>;
  /** Taking away what is not mapped changes nothing. */
  abstract unmapFromUser(realmId: string, userId: string, roleIds: readonly string[]): Promise<void>;
  /** As `mapToUser`. */
  abstract mapToGroup(realmId: string, groupId: string, roleIds: readonly string[]): Promise<void>;
  /** As `unmapFromUser`. */
  abstract unmapFromGroup(realmId: string, groupId: string, roleIds: readonly string[]): Promise<void>;
  /** Ids of users that hold the role directly, by user name. */
  abstract holders(realmId: string, roleId: string, first: number, max: number): Promise<readonly string[]>;
  /**
   * Ids of enabled people (no accounts of clients) who have the role in any way: direct, through groups and composites.
   * @param max most ids to give
   */
  abstract enabledHolders(realmId: string, roleId: string, max: number): Promise<readonly string[]>;
  /**
   * Ids of all roles the user has: direct, through groups (and the groups above them), through composites at any depth.
   * One recursive query; the hot path of every token.
   */
  abstract effectiveRoleIds(realmId: string, userId: string): Promise<ReadonlySet<string>>;
}
