import { LRUCache } from 'lru-cache';
import { checkFlow, proveFlow, proveJoins } from '../engine/index.js';
import type {
  AuthenticatorRegistry,
  CompiledFlow,
  FlowDefinition,
  FlowProblem,
  FlowProof,
  JoinProof,
} from '../engine/index.js';
import type { Realm } from '../realm/realm.js';
import { definitionOf, flowByAlias } from './flow-catalog.js';
import type { FlowCompiler } from './flow-compiler.js';
import { flowErrors } from './flow-errors.js';
import type { FlowStore, StoredFlow } from './stored-flow.js';

/** How a flow talks to the person: pages in a browser, or one request with everything in it. */
export type Channel = 'browser' | 'direct';

/** What is known of a flow as it is stored now. */
export interface ProvenFlow {
  readonly flow: StoredFlow;
  readonly compiled: CompiledFlow;
  readonly channel: Channel;
  readonly proof: FlowProof;
  /** What is wrong with it beside that, or worth a word. */
  readonly problems: readonly FlowProblem[];
}

/** Proofs of stored flows. A proof is a function of the flow's content, so it is made once for each. */
export class FlowProofs {
  private readonly proofs = new LRUCache<string, FlowProof>({ max: 500 });
  private readonly joins = new LRUCache<string, JoinProof>({ max: 500 });

  constructor(
    private readonly store: Pick<FlowStore, 'catalog' | 'version'>,
    private readonly registry: AuthenticatorRegistry,
    private readonly compiler: FlowCompiler,
  ) {}

  /**
   * The flow as the next login would begin with it if it were bound.
   *
   * @param channel unless told, the one over which the realm uses the flow; where it does not, the one that its steps are made for
   * @param which `running`: the version with which logins begin, where it is another than the flow as it is edited
   * @throws NotFoundError `flow_unknown`
   */
  async ofAlias(
    realm: Pick<Realm, 'id' | 'bindings'>,
    alias: string,
    channel?: Channel,
    which: 'head' | 'running' = 'head',
  ): Promise<ProvenFlow> {
    const catalog = await this.store.catalog(realm.id);
    const flow = flowByAlias(catalog, alias);
    const head = flow && definitionOf(catalog, flow.id);
    if (flow === undefined || head === undefined) throw flowErrors.flowUnknown();
    const definition = which === 'running' ? await this.runningOf(flow, head) : head;
    const compiled = this.compiler.compile(definition);
    const over = channel ?? this.channelOf(realm, flow, compiled);
    return {
      flow,
      compiled,
      channel: over,
      proof: this.of(compiled, over),
      problems: checkFlow(definition, this.registry),
    };
  }

  private channelOf({ bindings }: Pick<Realm, 'bindings'>, { id }: StoredFlow, { leaves }: CompiledFlow): Channel {
    if (bindings.directGrantFlow === id) return 'direct';
    if (bindings.browserFlow === id) return 'browser';
    const steps = [...leaves.values()].map(({ execution }) => this.registry.find(execution.authenticator)?.descriptor);
    return steps.some((descriptor) => descriptor?.abilities?.channel === 'direct') ? 'direct' : 'browser';
  }

  private async runningOf({ realmId, runningHash }: StoredFlow, head: FlowDefinition): Promise<FlowDefinition> {
    const version = runningHash === undefined ? undefined : await this.store.version(realmId, runningHash);
    return version?.definition ?? head;
  }

  /** The proof of a compiled flow. */
  of(compiled: CompiledFlow, channel: Channel): FlowProof {
    const key = `${channel} ${compiled.hash}`;
    const known = this.proofs.get(key);
    if (known) return known;
    const proof = proveFlow(compiled, this.registry, { channel });
    this.proofs.set(key, proof);
    return proof;
  }

  /** Whether single sign-on under the flow passes one of the limiters. */
  ofJoins(compiled: CompiledFlow, limiters: readonly string[]): JoinProof {
    const key = [compiled.hash, ...limiters].join(' ');
    const known = this.joins.get(key);
    if (known) return known;
    const proof = proveJoins(compiled, this.registry, limiters);
    this.joins.set(key, proof);
    return proof;
  }
}
