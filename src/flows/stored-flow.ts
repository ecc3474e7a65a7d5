import type { FlowDefinition, FlowKind, Requirement } from '../engine/index.js';

/** A flow as it is edited: a row, with its executions in rows of their own. Sub-flows are flows with `topLevel: false`. */
export interface StoredFlow {
  readonly id: string;
  readonly realmId: string;
  /** Unique in the realm, sub-flows included. */
  readonly alias: string;
  readonly description: string;
  readonly providerId: FlowKind;
  readonly topLevel: boolean;
  readonly builtIn: boolean;
  /**
   * Content hash of the version that runs (top-level flows only). It follows the edits, except that an edited flow in use
   * which would not pass the bind check keeps running its last passing version.
   */
  readonly runningHash?: string;
  /** Place in the realm's list of flows (insertion order). */
  readonly position: number;
}

/** One row of a flow: a step, or a sub-flow. */
export interface StoredExecution {
  readonly id: string;
  readonly realmId: string;
  readonly parentFlowId: string;
  readonly requirement: Requirement;
  /** Order in the parent, ascending. */
  readonly priority: number;
  /** Provider id of the step; of a form-flow sub-flow: its page provider. */
  readonly authenticator?: string;
  /** Id of the sub-flow. */
  readonly flowId?: string;
  readonly configId?: string;
}

/** Config of an execution. */
export interface StoredConfig {
  readonly id: string;
  readonly realmId: string;
  readonly alias: string;
  readonly values: Readonly<Record<string, string>>;
}

/** An immutable version of a whole flow, by content hash. */
export interface FlowVersion {
  readonly hash: string;
  readonly realmId: string;
  /** The top-level flow it is a version of. */
  readonly flowId: string;
  readonly definition: FlowDefinition;
  /** Milliseconds. */
  readonly createdAt: number;
}

/** Everything there is about the flows of one realm. Small (hundreds of rows), so edits load it whole and stay simple. */
export interface FlowCatalog {
  readonly flows: readonly StoredFlow[];
  readonly executions: readonly StoredExecution[];
  readonly configs: readonly StoredConfig[];
}

/** A top-level flow as an edit left it. Numbers count up from 1 for each flow. */
export interface FlowRevision {
  readonly realmId: string;
  readonly flowId: string;
  readonly number: number;
  /** Content hash: two revisions with the same one run alike. */
  readonly hash: string;
  /** Milliseconds. */
  readonly at: number;
  /** Id and name of the user who made the edit; absent where it was not made by an administrator's request. */
  readonly editorId?: string;
  readonly editorName?: string;
  /** The rows of the flow, of its sub-flows, and of everything in them. */
  readonly content: FlowCatalog;
}

/** A revision that has no number yet. */
export type NewRevision = Omit<FlowRevision, 'number'>;

/**
 * Flows, executions and configs as rows, and the immutable versions made of them. Rows are written under `lockForEdit`; `flows/` keeps
 * them consistent, the store only stores. Updating or deleting a row that is gone changes nothing.
 */
export abstract class FlowStore {
  /** Flows by position, executions by priority (ties: by id). */
  abstract catalog(realmId: string): Promise<FlowCatalog>;
  /** Locks the flows of the realm for editing until the unit of work ends, so that two editors queue. Again costs nothing. */
  abstract lockForEdit(realmId: string): Promise<void>;
  /** One flow, sub-flows included. */
  abstract flow(realmId: string, id: string): Promise<StoredFlow | undefined>;
  /** Rows are added and deleted together. @throws ConflictError `flow_alias_taken`, which names the alias; let it end the unit of work */
  abstract insertFlows(flows: readonly StoredFlow[]): Promise<void>;
  /** Replaces the row of that id. @throws ConflictError `flow_alias_taken` */
  abstract updateFlow(flow: StoredFlow): Promise<void>;
  /** Deletes the rows alone: what stands in the flows is deleted by whoever edits. */
  abstract deleteFlows(realmId: string, ids: readonly string[]): Promise<void>;
  /** Adds rows to their parent flows; several may have the same priority. */
  abstract insertExecutions(executions: readonly StoredExecution[]): Promise<void>;
  /** Replaces the row of that id. */
  abstract updateExecution(execution: StoredExecution): Promise<void>;
  /** Deletes the rows alone, not their sub-flows and not their configs. */
  abstract deleteExecutions(realmId: string, ids: readonly string[]): Promise<void>;
  /** Adds configs; an execution names one by its id. */
  abstract insertConfigs(configs: readonly StoredConfig[]): Promise<void>;
  /** Replaces the row of that id. */
  abstract updateConfig(config: StoredConfig): Promise<void>;
  /** Deletes the rows; no execution may name one any more. */
  abstract deleteConfigs(realmId: string, ids: readonly string[]): Promise<void>;
  /** The current config of an execution, read now (the limiter decides by it under the owner row). */
  abstract configOfExecution(
    realmId: string,
    executionId: string,
  ): Promise<{ readonly config: StoredConfig | undefined } | undefined>;
  /** Storing a version that is there already changes nothing. */
  abstract saveVersion(version: FlowVersion): Promise<void>;
  /**
   * Adds a revision; its number is one more than the last.
   * @param origin gives what the flow was: where there is no revision yet, that is number 1, and the added one number 2
   */
  abstract appendRevision(revision: NewRevision, origin?: () => NewRevision): Promise<void>;
  /** Revisions of the flow, newest first. A negative `max` is no bound. */
  abstract revisions(
    realmId: string,
    flowId: string,
    page: { readonly first: number; readonly max: number },
  ): Promise<readonly FlowRevision[]>;
  abstract revision(realmId: string, flowId: string, number: number): Promise<FlowRevision | undefined>;
  /** The version with that content hash. */
  abstract version(realmId: string, hash: string): Promise<FlowVersion | undefined>;
}
