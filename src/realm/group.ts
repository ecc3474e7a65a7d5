export interface Group {
  readonly id: string;
  readonly realmId: string;
  readonly parentId?: string;
  readonly name: string;
  readonly description?: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** Groups of a realm and their members. */
export abstract class GroupStore {
  /** Undefined when the realm has no such group. */
  abstract byId(realmId: string, id: string): Promise<Group | undefined>;
  /** Every group of the realm, parents before children, by name. */
  abstract all(realmId: string): Promise<readonly Group[]>;
  /** Groups right below the parent, by name; without a parent those at the top. A negative `max` is no bound. */
  abstract children(
    realmId: string,
    parentId: string | undefined,
    first: number,
    max: number,
  ): Promise<readonly Group[]>;
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
