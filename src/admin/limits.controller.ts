import { Get, Query } from '@nestjs/common';
import { LimitAdministration, type ExplainedDoor } from '../administration/limit-administration.js';
import { policiesAt, type LimitedDoor } from '../administration/limit-doors.js';
import { limitsNotCovered } from '../administration/limits-not-covered.js';
import type { FlowLimiter } from '../authenticators/user-session-limits/flow-limiters.js';
import { SessionAdministration } from '../administration/session-administration.js';
import { isOverrideKey } from '../flows/flow-uses.js';
import { textOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { present } from '../representations/present.js';
import type { Admission } from '../sessions/session-limiter.js';
import { InvalidInputError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** The session caps in force, and what they would do: ours, the reference has neither. */
@AdminController('limits')
export class LimitsAdminController {
  constructor(
    private readonly limits: LimitAdministration,
    private readonly sessions: SessionAdministration,
  ) {}

  /** For every door of the realm that a flow guards: whether the cap holds, and if not, which login gets past it. */
  @Get('proof')
  @Needs('viewRealm')
  async proof(@InRealm() realm: Realm): Promise<JsonObject> {
    const doors = await this.limits.proof(realm);
    return { doors: doors.map(toDoor), notCovered: limitsNotCovered(policiesAt(doors)) };
  }

  /** `?user=<id>&client=<uuid>&door=browser|direct_grant|single_sign_on`: which flow, which caps, the counts, and who would be evicted. */
  @Get('explain')
  @Needs('viewUsers', 'the right to view clients')
  async explain(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Query() query: unknown,
  ): Promise<JsonObject> {
    caller.require('viewClients', realm.name);
    const { door, counts, limits, admission, unused, evicted } = await this.limits.explain(
      realm,
      needed(query, 'user'),
      needed(query, 'client'),
      doorOf(query),
    );
    return {
      ...toDoor(door),
      counts,
      limits: limits.map((limit) => present(limit)),
      decision: {
        ...present(denialOf(admission)),
        unused: await this.sessions.represent(realm, unused),
        evicted: await this.sessions.represent(realm, evicted),
      },
      notCovered: limitsNotCovered(policiesAt([door])),
    };
  }
}

/** What was decided, without the sessions: they are told beside it. */
const denialOf = (admission: Admission): object =>
  admission.kind === 'deny'
    ? { kind: admission.kind, cap: admission.cap, limit: admission.limit, message: admission.message }
    : { kind: admission.kind };

const toDoor = ({ limiters, ...door }: LimitedDoor): JsonObject => ({ ...door, limiters: limiters.map(toLimiter) });

const toLimiter = (limiter: FlowLimiter): JsonObject =>
  'problem' in limiter ? limiter : present(limiter.policy as unknown as JsonObject);

/** @throws InvalidInputError `parameter_missing` */
function needed(query: unknown, name: string): string {
  const text = textOf(query, name);
  if (text === undefined)
    throw new InvalidInputError('parameter_missing', `Missing parameter '${name}'`, { field: name });
  return text;
}

/** @throws InvalidInputError `door_unknown` */
function doorOf(query: unknown): ExplainedDoor {
  const door = textOf(query, 'door') ?? 'browser';
  if (isOverrideKey(door) || door === 'single_sign_on') return door;
  throw new InvalidInputError(
    'door_unknown',
    "Invalid value for 'door', expected value is browser, direct_grant or single_sign_on",
    {
      field: 'door',
    },
  );
}
