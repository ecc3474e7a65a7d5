import type { BindingField } from '../realm/realm.js';
import type { OverrideKey } from './flow-uses.js';

/** A binding that was changed on trial: the one before it returns unless somebody confirms the new one in time. */
export interface PendingBinding {
  readonly realmId: string;
  readonly id: string;
  readonly field: BindingField | OverrideKey;
  /** Internal id of the client whose override it is; absent for the realm's own members. */
  readonly clientId?: string;
  /** Id of the flow that returns; absent where none was named. */
  readonly flowBefore?: string;
  /** Id of the flow that was bound; absent where an override was cleared. */
  readonly flowAfter?: string;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly dueAt: number;
  readonly editorId?: string;
  readonly editorName?: string;
}

/** Bindings on trial. A place has at most one; whoever changes it does so under the edit lock of the realm's flows. */
export abstract class PendingBindingStore {
  /** Those of a realm, the one due first at the front. */
  abstract ofRealm(realmId: string): Promise<readonly PendingBinding[]>;
  abstract byId(realmId: string, id: string): Promise<PendingBinding | undefined>;
  abstract insert(pending: PendingBinding): Promise<void>;
  /** Takes it away: true for the one caller who did, on whatever node. */
  abstract take(realmId: string, id: string): Promise<boolean>;
  /** Those due at `now` (ms) or before, of all realms, at most `limit`. */
  abstract due(now: number, limit: number): Promise<readonly PendingBinding[]>;
}
