import { Get, Param, Query } from '@nestjs/common';
import { AuthenticatorRegistry } from '../engine/index.js';
import { FlowProofs, type Channel } from '../flows/flow-proofs.js';
import { HeldHeads } from '../flows/held-heads.js';
import { textOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { toFlowProofRepresentation } from '../representations/flow-proof-representation.js';
import { InvalidInputError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** What can be proved of a flow, and the machine that runs it: ours, the reference has neither. */
@AdminController('authentication/flows')
export class FlowProofsAdminController {
  constructor(
    private readonly proofs: FlowProofs,
    private readonly heldHeads: HeldHeads,
    private readonly registry: AuthenticatorRegistry,
  ) {}

  @Get(':flow/proof')
  @Needs('viewRealm')
  async proof(@InRealm() realm: Realm, @Param('flow') alias: string, @Query() query: unknown): Promise<JsonObject> {
    const proven = await this.proofs.ofAlias(realm, alias, channelOf(query));
    return toFlowProofRepresentation(proven, this.registry, await this.heldHeads.of(proven));
  }

  /** The compiled machine as XState takes it: diagrams drawn from it cannot differ from what runs. */
  @Get(':flow/machine')
  @Needs('viewRealm')
  async machine(@InRealm() realm: Realm, @Param('flow') alias: string): Promise<object> {
    const { compiled } = await this.proofs.ofAlias(realm, alias);
    return { hash: compiled.hash, machine: compiled.machine.config };
  }
}

/** @throws InvalidInputError `channel_unknown` */
function channelOf(query: unknown): Channel | undefined {
  const channel = textOf(query, 'channel');
  if (channel === undefined || channel === 'browser' || channel === 'direct') return channel;
  throw new InvalidInputError('channel_unknown', "Invalid value for 'channel', expected value is browser or direct", {
    field: 'channel',
  });
}
