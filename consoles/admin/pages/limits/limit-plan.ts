import type { Door, Execution, Flow, LimitedDoor, RealmBindings } from '../../flows/flow-api.js';

/** Provider id of the step that holds the number of sessions down. */
export const LIMITER = 'user-session-limits';

/** Steps that ask for a name or a password on a page: the limiter stands behind them, in their sub-flow. */
const FORMS: readonly (string | undefined)[] = [
  'auth-username-password-form',
  'auth-username-form',
  'auth-password-form',
];

/** What is asked for. */
export interface LimitWishes {
  /** Client that gets flows of its own; absent: the realm. */
  readonly client?: {
    readonly id: string;
    readonly clientId: string;
    readonly overrides: Readonly<Record<string, string>>;
  };
  readonly doors: readonly Door[];
  /** What is bound now has to be able to return by itself. */
  readonly isOnTrial: boolean;
}

/** What is done at a door. */
export interface DoorPlan {
  readonly door: Door;
  /** Flow with which logins begin there now. */
  readonly from: Flow;
  /** `change`: the flow is its own and has a limiter, whose settings change; `copy`: a copy has or gets one, and is bound. */
  readonly kind: 'change' | 'copy';
  /** The limiter that the flow has already. */
  readonly present?: Execution;
  /** Name of the copy, or of the flow that stays. */
  readonly name: string;
}

/** The flow with which logins begin at a door now; undefined where none is bound. */
export function presentFlow(
  door: Door,
  { client }: Pick<LimitWishes, 'client'>,
  bindings: RealmBindings,
  flows: readonly Flow[],
): Flow | undefined {
  const own = flows.find(({ id }) => id === client?.overrides[door]);
  const alias = door === 'browser' ? bindings.browserFlow : bindings.directGrantFlow;
  return own ?? flows.find((flow) => flow.alias === alias);
}

/**
 * What has to be done at a door.
 * @param executions what is in the flow with which logins begin there now
 */
export function planDoor(
  door: Door,
  wishes: LimitWishes,
  from: Flow,
  executions: readonly Execution[],
  flows: readonly Flow[],
): DoorPlan {
  const present = limiterIn(executions);
  const isOwn = wishes.client === undefined || wishes.client.overrides[door] === from.id;
  // Settings that were changed in place could not return by themselves: on trial, a copy is bound.
  if (!wishes.isOnTrial && isOwn && !from.builtIn && present?.authenticationConfig !== undefined)
    return { door, from, kind: 'change', name: from.alias, present };
  const suffix = ` - ${wishes.client === undefined ? 'limited sessions' : wishes.client.clientId}`;
  // The copy of a copy is not named twice after what it is for.
  const [origin = from.alias] = from.alias.split(suffix);
  return { door, from, kind: 'copy', name: freeName(`${origin}${suffix}`, flows), ...(present && { present }) };
}

/** Clients whose own flows the plans leave as they are, and at which of the doors. */
export function exceptionsTo(
  plans: readonly DoorPlan[],
  doors: readonly Pick<LimitedDoor, 'door' | 'clientId'>[],
): ReadonlyMap<string, readonly Door[]> {
  const exceptions = new Map<string, readonly Door[]>();
  for (const { door } of plans)
    for (const { door: own, clientId } of doors)
      if (own === door && clientId !== undefined) exceptions.set(clientId, [...(exceptions.get(clientId) ?? []), door]);
  return exceptions;
}

function freeName(wanted: string, flows: readonly Flow[]): string {
  const taken = new Set(flows.map(({ alias }) => alias));
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted} ${String(count)}`;
  return name;
}

/** The limiter of a flow. */
export const limiterIn = (executions: readonly Execution[]): Execution | undefined =>
  executions.find(({ providerId }) => providerId === LIMITER);

/**
 * Where in a flow the limiter has to stand: the sub-flow that asks for credentials, so that every login that opens a session passes it and
 * single sign-on does not. Undefined: at the end of the top level.
 */
export function placeIn(executions: readonly Execution[], door: Door): Execution | undefined {
  if (door === 'direct_grant') return undefined;
  const at = executions.findIndex(
    ({ providerId, requirement }) => FORMS.includes(providerId) && requirement !== 'DISABLED',
  );
  const level = executions[at]?.level ?? 0;
  return executions.slice(0, Math.max(at, 0)).findLast((row) => row.level === level - 1);
}
