import { AsyncLocalStorage } from 'node:async_hooks';
import { FlowStore } from '../../../src/flows/stored-flow.js';
import type {
  FlowCatalog,
  FlowRevision,
  FlowVersion,
  NewRevision,
  StoredConfig,
  StoredExecution,
  StoredFlow,
} from '../../../src/flows/stored-flow.js';
import { UnitOfWork } from '../../../src/shared/unit-of-work.js';

interface Row {
  readonly id: string;
  readonly realmId: string;
}

interface Transaction {
  readonly atEnd: (() => void)[];
  readonly undo: (() => void)[];
  readonly effects: (() => void | Promise<void>)[];
  readonly locked: Set<string>;
}

/**
 * Transactions that run side by side as on PostgreSQL and roll back: only what takes a lock queues. With the serial
 * ImmediateUnitOfWork an editor that forgot the lock would pass.
 */
export class ConcurrentUnitOfWork extends UnitOfWork {
  private readonly storage = new AsyncLocalStorage<Transaction>();

  /** The running transaction. @throws Error outside of one: every write belongs into a unit of work */
  get current(): Transaction {
    const transaction = this.storage.getStore();
    if (transaction === undefined) throw new Error('A write outside of a unit of work');
    return transaction;
  }

  override async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.storage.getStore() !== undefined) return work();
    const transaction: Transaction = { atEnd: [], undo: [], effects: [], locked: new Set() };
    try {
      const result = await this.storage.run(transaction, work);
      for (const effect of transaction.effects) await effect();
      return result;
    } catch (error) {
      transaction.undo.toReversed().forEach((undo) => undo());
      throw error;
    } finally {
      transaction.atEnd.forEach((end) => end());
    }
  }

  override afterCommit(effect: () => void | Promise<void>): void {
    const transaction = this.storage.getStore();
    if (transaction === undefined) void effect();
    else transaction.effects.push(effect);
  }
}

/** Flows in memory, with the rules that tables would enforce: unique aliases, no dangling references, writes in transactions. */
export class InMemoryFlowStore extends FlowStore {
  readonly flows = new Map<string, StoredFlow>();
  readonly executions = new Map<string, StoredExecution>();
  readonly configs = new Map<string, StoredConfig>();
  readonly versions = new Map<string, FlowVersion>();
  private history: readonly FlowRevision[] = [];
  /** How often a version was read, for tests of caches. */
  versionReads = 0;
  private readonly queues = new Map<string, Promise<void>>();

  constructor(private readonly unitOfWork: ConcurrentUnitOfWork) {
    super();
  }

  override async catalog(realmId: string): Promise<FlowCatalog> {
    await Promise.resolve();
    const ofRealm = <T extends Row>(rows: ReadonlyMap<string, T>): readonly T[] =>
      [...rows.values()].filter((row) => row.realmId === realmId);
    return {
      flows: ofRealm(this.flows).toSorted((a, b) => a.position - b.position),
      executions: ofRealm(this.executions).toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1)),
      configs: ofRealm(this.configs),
    };
  }

  override async lockForEdit(realmId: string): Promise<void> {
    const { locked, atEnd } = this.unitOfWork.current;
    if (locked.has(realmId)) return;
    locked.add(realmId);
    const before = this.queues.get(realmId);
    this.queues.set(realmId, new Promise((release) => atEnd.push(release)));
    await before;
  }

  override flow(realmId: string, id: string): Promise<StoredFlow | undefined> {
    const flow = this.flows.get(id);
    return Promise.resolve(flow?.realmId === realmId ? flow : undefined);
  }

  override async insertFlows(flows: readonly StoredFlow[]): Promise<void> {
    for (const flow of flows) {
      this.requireFreeAlias(flow);
      await this.insert(this.flows, flow);
    }
  }

  override async updateFlow(flow: StoredFlow): Promise<void> {
    this.requireFreeAlias(flow);
    await this.update(this.flows, flow);
  }

  override async deleteFlows(_realmId: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const names = [...this.executions.values()].some((row) => row.parentFlowId === id || row.flowId === id);
      if (names) throw new Error(`An execution still names flow ${id}`);
      await this.delete(this.flows, id);
    }
  }

  override async insertExecutions(executions: readonly StoredExecution[]): Promise<void> {
    for (const execution of executions) {
      this.requireTargets(execution);
      await this.insert(this.executions, execution);
    }
  }

  override updateExecution(execution: StoredExecution): Promise<void> {
    this.requireTargets(execution);
    return this.update(this.executions, execution);
  }

  override async deleteExecutions(_realmId: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.delete(this.executions, id);
  }

  override async appendRevision(revision: NewRevision, origin?: () => NewRevision): Promise<void> {
    const [last] = await this.revisions(revision.realmId, revision.flowId, { first: 0, max: 1 });
    const added = last === undefined && origin ? [origin(), revision] : [revision];
    const numbered = added.map((each, at) => ({ ...each, number: (last?.number ?? 0) + at + 1 }));
    this.history = [...numbered.toReversed(), ...this.history];
  }

  override revisions(
    realmId: string,
    flowId: string,
    { first, max }: { readonly first: number; readonly max: number },
  ): Promise<readonly FlowRevision[]> {
    const all = this.history.filter((revision) => revision.realmId === realmId && revision.flowId === flowId);
    return Promise.resolve(all.slice(first, max < 0 ? undefined : first + max));
  }

  override async revision(realmId: string, flowId: string, number: number): Promise<FlowRevision | undefined> {
    return (await this.revisions(realmId, flowId, { first: 0, max: -1 })).find((each) => each.number === number);
  }

  override async insertConfigs(configs: readonly StoredConfig[]): Promise<void> {
    for (const config of configs) await this.insert(this.configs, config);
  }

  override updateConfig(config: StoredConfig): Promise<void> {
    return this.update(this.configs, config);
  }

  override async deleteConfigs(_realmId: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const names = [...this.executions.values()].some((row) => row.configId === id);
      if (names) throw new Error(`An execution still names config ${id}`);
      await this.delete(this.configs, id);
    }
  }

  override configOfExecution(
    realmId: string,
    executionId: string,
  ): Promise<{ readonly config: StoredConfig | undefined } | undefined> {
    const execution = this.executions.get(executionId);
    if (execution?.realmId !== realmId) return Promise.resolve(undefined);
    const { configId } = execution;
    return Promise.resolve({ config: configId === undefined ? undefined : this.configs.get(configId) });
  }

  override async saveVersion(version: FlowVersion): Promise<void> {
    const key = `${version.realmId} ${version.hash}`;
    await Promise.resolve();
    if (this.versions.has(key)) return;
    this.unitOfWork.current.undo.push(() => this.versions.delete(key));
    this.versions.set(key, version);
  }

  override async version(realmId: string, hash: string): Promise<FlowVersion | undefined> {
    this.versionReads += 1;
    await Promise.resolve();
    return this.versions.get(`${realmId} ${hash}`);
  }

  private requireFreeAlias(flow: StoredFlow): void {
    const isTaken = [...this.flows.values()].some(
      (other) => other.realmId === flow.realmId && other.alias === flow.alias && other.id !== flow.id,
    );
    if (isTaken) throw new Error(`Flow alias ${flow.alias} is taken`);
  }

  private requireTargets({ id, parentFlowId, flowId, configId }: StoredExecution): void {
    const missing =
      !this.flows.has(parentFlowId) ||
      (flowId !== undefined && !this.flows.has(flowId)) ||
      (configId !== undefined && !this.configs.has(configId));
    if (missing) throw new Error(`Execution ${id} names something that is not there`);
  }

  private insert<T extends Row>(rows: Map<string, T>, row: T): Promise<void> {
    if (rows.has(row.id)) throw new Error(`Id ${row.id} is taken`);
    return this.write(rows, row.id, row);
  }

  private update<T extends Row>(rows: Map<string, T>, row: T): Promise<void> {
    if (!rows.has(row.id)) throw new Error(`There is no row ${row.id}`);
    return this.write(rows, row.id, row);
  }

  private delete<T extends Row>(rows: Map<string, T>, id: string): Promise<void> {
    return this.write(rows, id, undefined);
  }

  private async write<T extends Row>(rows: Map<string, T>, id: string, row: T | undefined): Promise<void> {
    const before = rows.get(id);
    const put = (value: T | undefined): void => {
      if (value === undefined) rows.delete(id);
      else rows.set(id, value);
    };
    this.unitOfWork.current.undo.push(() => put(before));
    put(row);
    await Promise.resolve();
  }
}
