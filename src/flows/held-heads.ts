import type { FlowProof } from '../engine/index.js';
import type { BindCheck } from './bind-check.js';
import type { BoundFlows } from './bound-flows.js';
import { definitionOf } from './flow-catalog.js';
import type { FlowCompiler } from './flow-compiler.js';
import { contentOf, differences, type ContentChange } from './flow-content.js';
import type { FlowProofs, ProvenFlow } from './flow-proofs.js';
import type { FlowRevision, FlowStore, StoredFlow } from './stored-flow.js';

/** Revisions read at a time, from the newest back. */
const PAGE = 20;

/** An edited flow of which an older version runs. */
export interface HeldHead {
  /** Content hash of the version that runs. */
  readonly hash: string;
  /** The proof of that version. */
  readonly proof: FlowProof;
  /** What became of the flow since. */
  readonly difference: readonly ContentChange[];
  /** Every place that could not be bound to the flow as it is now, and why. Empty: the next edit moves on. */
  readonly reasons: readonly { readonly field: string; readonly client?: string; readonly reason: string }[];
}

/** Says what keeps the head of a bound flow from running. */
export class HeldHeads {
  constructor(
    private readonly store: FlowStore,
    private readonly bound: BoundFlows,
    private readonly proofs: Pick<FlowProofs, 'of'>,
    private readonly check: BindCheck,
    private readonly compiler: FlowCompiler,
  ) {}

  /** Undefined where the flow runs as it is edited. */
  async of({ flow, compiled, channel }: ProvenFlow): Promise<HeldHead | undefined> {
    const { realmId, runningHash } = flow;
    const version = runningHash === undefined ? undefined : await this.store.version(realmId, runningHash);
    if (!version) return undefined;
    const running = this.compiler.compile(version.definition);
    if (running.hash === compiled.hash) return undefined;
    const catalog = await this.store.catalog(realmId);
    const before = await this.revisionOf(flow, version.hash);
    return {
      hash: version.hash,
      proof: this.proofs.of(running, channel),
      difference: before ? differences(flow.id, before.content, contentOf(catalog, flow.id)) : [],
      reasons: await this.reasons(flow, definitionOf(catalog, flow.id) ?? compiled.definition),
    };
  }

  private async reasons(
    flow: StoredFlow,
    definition: ProvenFlow['compiled']['definition'],
  ): Promise<HeldHead['reasons']> {
    const { realmId } = flow;
    const reasons: HeldHead['reasons'][number][] = [];
    for (const use of await this.bound.usesOf(realmId, flow.id)) {
      const client = use.kind === 'client' ? { client: use.clientId } : {};
      const place = { realmId, field: use.field, clientId: client.client };
      const problem = await this.check.problem(place, flow, definition);
      if (problem) reasons.push({ field: use.field, ...client, reason: problem.message });
    }
    return reasons;
  }

  private async revisionOf({ realmId, id }: StoredFlow, hash: string): Promise<FlowRevision | undefined> {
    for (let first = 0; ; first += PAGE) {
      const page = await this.store.revisions(realmId, id, { first, max: PAGE });
      const found = page.find((revision) => revision.hash === hash);
      if (found || page.length < PAGE) return found;
    }
  }
}
