import { LRUCache } from 'lru-cache';
import { compileFlow, hashDefinition } from '../engine/index.js';
import type { AuthenticatorRegistry, CompiledFlow, FlowDefinition } from '../engine/index.js';

/**
 * So many compiled flows are kept here, whoever compiled them, and as many with which logins run (`CompiledFlows`). Mostly these are the
 * same objects; at the worst, when edits and logins are of different flows, it is twice as many, of about 120 KiB each.
 */
export const COMPILED_FLOWS_KEPT = 500;

/** Compiles flows, each content once. */
export class FlowCompiler {
  private readonly compiled = new LRUCache<string, CompiledFlow>({ max: COMPILED_FLOWS_KEPT });

  constructor(private readonly registry: AuthenticatorRegistry) {}

  /** @throws InvalidInputError as `compileFlow` */
  compile(definition: FlowDefinition): CompiledFlow {
    const hash = hashDefinition(definition);
    const known = this.compiled.get(hash);
    if (known) return known;
    const compiled = compileFlow(definition, this.registry);
    this.compiled.set(hash, compiled);
    return compiled;
  }
}
