import type { Attempt, CompiledFlow, FlowRunner } from '../engine/index.js';
import { AppError } from '../shared/errors.js';
import type { CompiledFlows } from '../flows/compiled-flows.js';
import type { FlowResolution } from '../flows/flow-resolution.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';

/** Doors of logins; that for forgotten credentials has no flow of a client's own. */
export type LoginBinding = 'browser' | 'direct_grant' | 'reset_credentials';

/** Finds the compiled flow of a login: the one that runs now for a new one, the pinned one for a login in progress. */
export class FlowAccess {
  constructor(
    private readonly resolution: FlowResolution,
    private readonly compiled: CompiledFlows,
    readonly runner: FlowRunner,
  ) {}

  /** @throws AppError `no_flow` when the realm binds none */
  async current(realm: Realm, client: Client, binding: LoginBinding): Promise<CompiledFlow> {
    const flowId =
      binding === 'reset_credentials'
        ? realm.bindings.resetCredentialsFlow
        : await this.resolution.resolve(realm, client, binding);
    const flow = flowId === undefined ? undefined : await this.compiled.running(realm.id, flowId);
    if (!flow)
      throw new AppError('no_flow', 'No login flow is set up.', {
        detail: `realm ${realm.name} binds no ${binding} flow`,
      });
    return flow;
  }

  /** The version with which a login began; undefined when it is no longer kept. */
  pinned(realmId: string, hash: string): Promise<CompiledFlow | undefined> {
    return this.compiled.byHash(realmId, hash);
  }
}

/** Which counter of the brute-force guard a failed attempt belongs to. */
export const attemptCategory = ({ authenticator }: Attempt): 'password' | 'otp' =>
  authenticator.includes('otp') ? 'otp' : 'password';
