import { Param, Post } from '@nestjs/common';
import { FlowSimulation } from '../administration/flow-simulation.js';
import { SessionAdministration } from '../administration/session-administration.js';
import { AuthenticatorRegistry } from '../engine/index.js';
import type { Realm } from '../realm/realm.js';

import { InvalidInputError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { SimulationBody } from './flow-bodies.js';
import { toSimulationReply } from './simulation-reply.js';

const MOST_SESSIONS = 1_000;
const MOST_ANSWERS = 100;

/** A dry run of a flow: ours, the reference has none. */
@AdminController('authentication/flows')
export class FlowSimulationAdminController {
  constructor(
    private readonly simulation: FlowSimulation,
    private readonly sessions: SessionAdministration,
    private readonly registry: AuthenticatorRegistry,
  ) {}

  /** Plays a login of a user at a client through the flow. It changes nothing, so it takes the rights of those who may look. */
  @Post(':flow/simulate')
  @Needs('viewRealm')
  async simulate(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('flow') alias: string,
    @JsonBody(SimulationBody) body: SimulationBody,
  ): Promise<JsonObject> {
    caller.require('viewUsers', realm.name);
    const { channel, version = 'head', scope = 'openid', prompt = '', maxAge, signedIn = false, answers = [] } = body;
    if (answers.length > MOST_ANSWERS) throw invalid('answers', `must be at most ${String(MOST_ANSWERS)}`);
    const simulated = await this.simulation.play(realm, alias, {
      userId: needed(body.user, 'user'),
      clientUuid: needed(body.client, 'client'),
      channel,
      version,
      scope,
      prompt: prompt.split(' ').filter((word) => word !== ''),
      maxAge,
      signedIn,
      sessions: body.sessions && {
        realm: numberOf(body.sessions.realm, 'sessions.realm'),
        client: numberOf(body.sessions.client, 'sessions.client'),
      },
      answers: answers.map(({ step, answer, choose }) => ({
        ...(step !== undefined && { step }),
        ...(answer !== undefined && { answer }),
        ...(choose !== undefined && { choose }),
      })),
    });
    const ended = body.sessions
      ? (simulated.sessions?.ended ?? []).map(({ session: { id } }) => ({ id }))
      : await this.sessions.represent(realm, simulated.sessions?.ended ?? []);
    return toSimulationReply(simulated, ended, this.registry);
  }
}

const invalid = (field: string, what: string): InvalidInputError =>
  new InvalidInputError('simulation_invalid', `${field} ${what}`, { field });

function needed(value: string | undefined, field: string): string {
  if (value === undefined || value === '') throw invalid(field, 'is missing');
  return value;
}

function numberOf(value: number | undefined, field: string): number {
  if (value === undefined) return 0;
  if (value < 0 || value > MOST_SESSIONS) throw invalid(field, `must be from 0 to ${String(MOST_SESSIONS)}`);
  return value;
}
