export interface Group {
  readonly id: string;
  readonly realmId: string;
  readonly parentId?: string;
  readonly name: string;
  readonly description?: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

export interface GroupQuery {
  /** Groups right below this one; null: at the top. Absent: anywhere. */
  readonly parentId?: string | null;
  /** Part of the name in any case, or with `exact` the name itself. */
  readonly search?: string;
  readonly exact?: boolean;
  /** Attributes that all must have these values. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Groups of which this user is a direct member. */
  readonly memberId?: string;
  /** Groups that have this role directly. */
  readonly roleId?: string;
  readonly first?: number;
  /** Negative or absent: no bound. */
  readonly max?: number;
}

/** Groups of a realm and their members. */
export abstract class GroupStore {
  /** Undefined when the realm has no such group. */
  abstract byId(realmId: string, id: string): Promise<Group | undefined>;
  /** By name. */
  abstract list(realmId: string, query: GroupQuery): Promise<readonly Group[]>;
  /** How many `list` would give without a page. */
  abstract count(realmId: string, query: GroupQuery): Promise<number>;
  /** Those of the ids that exist and the groups above them, parents before children, by name. */
  abstract withAncestors(realmId: string, ids: readonly string[]): Promise<readonly Group[]>;
  /** How many groups stand right below each of these; those without any are left out. */
  abstract childCounts(realmId: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Every group of the realm, parents before children, by name: for exports only, a realm may have many. */
  abstract all(realmId: string): Promise<readonly Group[]>;
  /** @throws ConflictError `group_exists` when the parent has a group of that name. */
  abstract insert(group: Group): Promise<void>;
  /** @throws ConflictError `group_exists` */
  abstract update(group: Group): Promise<void>;
  /** Deletes the group and the groups below it, with memberships and role mappings. */
  abstract delete(realmId: string, id: string): Promise<boolean>;
  /** Groups the user is a direct member of, by name. */
  abstract ofUser(realmId: string, userId: string): Promise<readonly Group[]>;
  /** Adding a member twice changes nothing. */
  abstract addMember(realmId: string, groupId: string, userId: string): Promise<void>;
  /** Removing who is no member changes nothing. */
  abstract removeMember(realmId: string, groupId: string, userId: string): Promise<void>;
  /** Ids of direct members, by user name. */
  abstract members(realmId: string, groupId: string, first: number, max: number): Promise<readonly string[]>;
}
