import type { FlowCatalog, FlowVersion } from '../flows/stored-flow.js';
import type { ClientScope } from '../realm/client-scope.js';
import type { Client } from '../realm/client.js';
import type { Group } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import type { Role } from '../realm/role.js';
import type { Credential, User } from '../realm/user.js';
import type { RealmKey } from '../tokens/signing-key.js';

export interface PlannedGroup {
  readonly group: Group;
  readonly roleIds: readonly string[];
}

export interface PlannedUser {
  readonly user: User;
  readonly credentials: readonly Credential[];
  readonly roleIds: readonly string[];
  readonly groupIds: readonly string[];
}

/** Every row of a new realm: what is left to do is to write it. */
export interface RealmPlan {
  readonly realm: Realm;
  readonly catalog: FlowCatalog;
  readonly versions: readonly FlowVersion[];
  readonly clientScopes: readonly ClientScope[];
  readonly clients: readonly Client[];
  readonly roles: readonly Role[];
  /** Parents before children. */
  readonly groups: readonly PlannedGroup[];
  readonly users: readonly PlannedUser[];
  readonly keys: readonly RealmKey[];
  /** What the file holds and the server does not understand yet, by name. */
  readonly notUnderstood: readonly string[];
}

/** What every part of a plan needs. */
export interface PlanContext {
  readonly realmId: string;
  readonly newId: () => string;
  /** Milliseconds. */
  readonly now: number;
  readonly seal: (plain: string, context: string) => string;
  /** Notes something that is not understood. */
  readonly note: (what: string) => void;
}
