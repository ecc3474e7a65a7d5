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

/**
 * Flows, executions and configs as rows, and the immutable versions made of them. Rows are written under `lockForEdit`; `flows/` keeps
 * them consistent, the store only stores. Updating or deleting a row that is gone changes nothing.
 */
export abstract class FlowStore {
  /** Flows by position, executions by priority (ties: by id). */
  abstract catalog(realmId: string): Promise<FlowCatalog>;
  /** Locks the flows of the realm for editing until the unit of work ends, so that two editors queue. */
  abstract lockForEdit(realmId: string): Promise<void>;
  /** One flow, sub-flows included. */
  abstract flow(realmId: string, id: string): Promise<StoredFlow | undefined>;
  /** @throws ConflictError `flow_alias_taken` */
  abstract insertFlow(flow: StoredFlow): Promise<void>;
  /** Replaces the row of that id. @throws ConflictError `flow_alias_taken` */
  abstract updateFlow(flow: StoredFlow): Promise<void>;
  /** Deletes the row alone: what stands in the flow is deleted by whoever edits. */
  abstract deleteFlow(realmId: string, id: string): Promise<void>;
  /** Adds a row to its parent flow; several may have the same priority. */
  abstract insertExecution(execution: StoredExecution): Promise<void>;
  /** Replaces the row of that id. */
  abstract updateExecution(execution: StoredExecution): Promise<void>;
  /** Deletes the row alone, not its sub-flow and not its config. */
  abstract deleteExecution(realmId: string, id: string): Promise<void>;
  /** Adds a config; an execution names it by its id. */
  abstract insertConfig(config: StoredConfig): Promise<void>;
  /** Replaces the row of that id. */
  abstract updateConfig(config: StoredConfig): Promise<void>;
  /** Deletes the row; no execution may name it any more. */
  abstract deleteConfig(realmId: string, id: string): Promise<void>;
  /** The current config of an execution, read now (the limiter decides by it under the owner row). */
  abstract configOfExecution(
    realmId: string,
    executionId: string,
  ): Promise<{ readonly config: StoredConfig | undefined } | undefined>;
  /** Storing a version that is there already changes nothing. */
  abstract saveVersion(version: FlowVersion): Promise<void>;
  /** Adds a revision; its number is one more than the last. */
  abstract appendRevision(revision: FlowRevision): Promise<void>;
  /** Number of the last revision of the flow; 0 when there is none. */
  abstract lastRevision(realmId: string, flowId: string): Promise<number>;
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
