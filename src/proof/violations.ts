import type { RememberedSession } from './history.js';
import type { Behaviour } from './proof-plan.js';

/** What was seen of one round: from outside, through the Admin API, and in the database where that may be looked into. */
export interface RoundObservation {
  readonly cap: number;
  readonly behaviour: Behaviour;
  readonly parallel: number;
  readonly admitted: readonly AdmittedLogin[];
  readonly denied: number;
  /** Answers that were neither. */
  readonly others: readonly string[];
  /** Logins whose node died before it had answered: nobody knows whether a session came of them. */
  readonly lost: number;
  /** The most sessions that the Admin API listed at any moment of the race. */
  readonly watched: number;
  /** Ids of the user's sessions by the Admin API, after the race. */
  readonly listed: readonly string[];
  /** Failed logins by the guard against guessing. */
  readonly failures: number;
  readonly history?: readonly RememberedSession[];
}

export interface AdmittedLogin {
  readonly sessionId: string;
  /** Whether its refresh token was good for new tokens after the round; absent when a node died over it. */
  readonly refreshes?: boolean;
}

/** Everything about a round that must not be; empty when the cap held. Pure. */
export function violationsOf(round: RoundObservation): readonly string[] {
  return [
    ...(round.history ? violationsOfHistory(round.cap, round.history) : []),
    ...ofAnswers(round),
    ...ofTokens(round),
    ...ofAdminApi(round),
  ];
}

/** The most sessions that anything of a round shows to have been open at once. */
export function mostAtOnce({ history, watched, listed, admitted }: RoundObservation): number {
  const alive = admitted.filter(({ refreshes }) => refreshes).length;
  return Math.max(history ? highestCount(history) : 0, watched, listed.length, alive);
}

/**
 * The most sessions that were open at once, replayed in the order of the owner row's versions: at each version first the evictions,
 * then the session that began. Ends of other kinds are not subtracted: they could only hide an excess.
 */
export function highestCount(history: readonly RememberedSession[]): number {
  const changes = new Map<number, number>();
  const change = (version: number, by: number): void => void changes.set(version, (changes.get(version) ?? 0) + by);
  for (const { beganAt, end } of history) {
    change(beganAt, 1);
    if (end?.reason === 'evicted' && end.version !== null) change(end.version, -1);
  }
  let open = 0;
  let highest = 0;
  for (const version of [...changes.keys()].sort((a, b) => a - b)) {
    open += changes.get(version) ?? 0;
    highest = Math.max(highest, open);
  }
  return highest;
}

/** Everything that must not be in the history of a user whose sessions end by eviction only. Pure. */
export function violationsOfHistory(cap: number, history: readonly RememberedSession[]): readonly string[] {
  const found: string[] = [];
  const highest = highestCount(history);
  if (highest > cap) found.push(`${highest} sessions were open at once under a cap of ${cap}`);
  const byVersion = new Map(history.map((session) => [session.beganAt, session.id]));
  if (byVersion.size < history.length) found.push('two sessions began under one version of the owner row');
  for (const { id, beganAt, end } of history) {
    if (!end) continue;
    if (end.reason !== 'evicted') found.push(`session ${id} ended for another reason: ${end.reason}`);
    else if (end.version === null || end.version <= beganAt) found.push(`session ${id} was evicted out of order`);
    else if (byVersion.get(end.version) !== end.evictedBy) found.push(`session ${id} made room for nobody`);
  }
  return found;
}

function ofAnswers({ cap, behaviour, parallel, admitted, denied, others, lost, history }: RoundObservation): string[] {
  const found = others.map((what) => `an answer that is neither an admission nor a denial: ${what}`);
  const expected = behaviour === 'Deny new session' ? Math.min(cap, parallel) : parallel;
  if (admitted.length > expected || admitted.length + lost < expected)
    found.push(`${admitted.length} logins were admitted instead of ${expected}`);
  if (behaviour === 'Terminate oldest session' && denied > 0) found.push(`${denied} logins were denied`);
  if (admitted.length + denied + others.length + lost !== parallel) found.push('some logins were not answered');
  const ids = new Set(admitted.map(({ sessionId }) => sessionId));
  if (ids.size < admitted.length) found.push('two logins were given the same session');
  if (!history) return found;
  const remembered = new Set(history.map(({ id }) => id));
  for (const id of ids) if (!remembered.has(id)) found.push(`the session ${id} was acknowledged and is lost`);
  const untold = history.filter(({ id }) => !ids.has(id)).length;
  if (untold > lost) found.push(`the database remembers ${history.length} sessions, ${ids.size} were handed out`);
  return found;
}

function ofTokens({ admitted, history, listed }: RoundObservation): string[] {
  const open = history ? openIds(history) : new Set(listed);
  return admitted.flatMap(({ sessionId, refreshes }) => {
    if (refreshes === undefined || refreshes === open.has(sessionId)) return [];
    return refreshes
      ? `session ${sessionId} has ended and still refreshes`
      : `session ${sessionId} is open and does not refresh`;
  });
}

function ofAdminApi(round: RoundObservation): string[] {
  const { cap, parallel, admitted, lost, watched, listed, failures, history } = round;
  const found: string[] = [];
  if (watched > cap) found.push(`the Admin API listed ${watched} sessions while logins ran, under a cap of ${cap}`);
  // A login whose answer was lost may have opened a session, or not.
  const most = Math.min(cap, parallel);
  const least = Math.min(cap, lost > 0 ? admitted.length : parallel);
  if (listed.length > most || listed.length < least)
    found.push(`the Admin API lists ${listed.length} sessions instead of ${most}`);
  if (history) {
    const open = openIds(history);
    if (listed.some((id) => !open.has(id))) found.push('the Admin API lists a session that has ended');
  } else {
    const told = new Set(admitted.map(({ sessionId }) => sessionId));
    const untold = listed.filter((id) => !told.has(id)).length;
    if (untold > lost) found.push(`the Admin API lists ${untold} sessions that no login was told of`);
  }
  if (failures !== 0) found.push(`${failures} denials were counted as failed logins`);
  return found;
}

const openIds = (history: readonly RememberedSession[]): ReadonlySet<string> =>
  new Set(history.filter(({ end }) => end === undefined).map(({ id }) => id));
