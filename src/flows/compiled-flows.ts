import { LRUCache } from 'lru-cache';
import type { CompiledFlow, FlowDefinition } from '../engine/index.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { definitionOf } from './flow-catalog.js';
import { COMPILED_FLOWS_KEPT, type FlowCompiler } from './flow-compiler.js';
import type { FlowStore, StoredFlow } from './stored-flow.js';

/**
 * Flows ready to run: a login asks neither the database for a definition nor what its hash is. The key is the hash of the content, so
 * what is cached can never be stale.
 */
export class CompiledFlows {
  private readonly cache: LRUCache<string, CompiledFlow, Pick<StoredFlow, 'realmId'> & { readonly hash: string }>;

  constructor(
    private readonly store: FlowStore,
    private readonly compiler: FlowCompiler,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    this.cache = new LRUCache({
      max: COMPILED_FLOWS_KEPT,
      fetchMethod: (_key, _stale, { context }) => this.load(context.realmId, context.hash),
    });
  }

  /**
   * The version of that hash, for a login that began with it. Undefined when it is gone, or was compiled by an older compiler:
   * the login must start again. Loads that arrive together are done once.
   */
  byHash(realmId: string, hash: string): Promise<CompiledFlow | undefined> {
    return this.cache.fetch(`${realmId} ${hash}`, { context: { realmId, hash } });
  }

  /**
   * The version of a top-level flow with which a login begins now. Where none was stored yet (a new realm, an import, another
   * compiler since), the one that should run is stored.
   *
   * @returns undefined for an unknown id
   */
  async running(realmId: string, flowId: string): Promise<CompiledFlow | undefined> {
    const flow = await this.store.flow(realmId, flowId);
    if (flow === undefined) return undefined;
    const stored = flow.runningHash === undefined ? undefined : await this.byHash(realmId, flow.runningHash);
    return stored ?? this.settle(realmId, flowId);
  }

  private async load(realmId: string, hash: string): Promise<CompiledFlow | undefined> {
    const version = await this.store.version(realmId, hash);
    if (version === undefined) return undefined;
    const compiled = this.compiler.compile(version.definition);
    return compiled.hash === hash ? compiled : undefined;
  }

  /** Stores the version that should run, under the edit lock: an edit at the same time decides first or sees it. */
  private async settle(realmId: string, flowId: string): Promise<CompiledFlow | undefined> {
    return this.unitOfWork.run(async () => {
      await this.store.lockForEdit(realmId);
      const flow = await this.store.flow(realmId, flowId);
      const definition = flow && (await this.definitionToRun(flow));
      if (flow === undefined || definition === undefined) return undefined;
      const compiled = this.compiler.compile(definition);
      await this.store.saveVersion({ hash: compiled.hash, realmId, flowId, definition, createdAt: this.clock.now() });
      if (flow.runningHash !== compiled.hash) await this.store.updateFlow({ ...flow, runningHash: compiled.hash });
      return compiled;
    });
  }

  private async definitionToRun(flow: StoredFlow): Promise<FlowDefinition | undefined> {
    const { realmId, id, runningHash } = flow;
    const version = runningHash === undefined ? undefined : await this.store.version(realmId, runningHash);
    return version?.definition ?? definitionOf(await this.store.catalog(realmId), id);
  }
}
