import type { Killer } from './killer.js';
import { insist } from './nodes.js';
import type { ProofRow } from './proof-plan.js';
import { deleteRealm, makeRealm, type ProofRealm } from './proof-realm.js';
import type { ProvedRow } from './report.js';
import { runRound, type ProofGround } from './round.js';
import { mostAtOnce, violationsOf, type RoundObservation } from './violations.js';

/** How a proof is run. */
export interface ProofRun {
  readonly ground: ProofGround;
  readonly rows: readonly ProofRow[];
  /** Ends nodes while rounds run. */
  readonly killer?: Killer;
  /** Leaves the realms behind, to look at them. */
  readonly keep: boolean;
  /** Whoever watches gives up: what was begun is finished, and what was made is deleted. */
  readonly signal: AbortSignal;
  /** Told after each round how many are done. */
  readonly progress: (done: number) => void;
  /** Told of each violation, as it is found. */
  readonly violated: (sentence: string) => void;
}

/**
 * Runs rows one after the other, each in a realm of its own that is deleted behind it.
 * @throws Error when the server cannot be asked: that is no finding, and nothing is proved by it
 */
export async function prove(run: ProofRun): Promise<readonly ProvedRow[]> {
  const { ground, rows, keep } = run;
  const { nodes, administrator } = ground;
  const proved: ProvedRow[] = [];
  const seen = new Set<string>();
  let done = 0;
  for (const row of rows) {
    if (run.signal.aborted) break;
    const realm = await makeRealm(administrator.over(await nodes.next()), row);
    try {
      const rounds = (): Promise<ProvedRow> => proveRow(run, realm, seen, () => run.progress(++done));
      const outcome = await (run.killer ? run.killer.during(rounds) : rounds());
      proved.push({ ...outcome, violations: [...outcome.violations, ...(await orphans(run, realm))] });
    } finally {
      if (!keep) await insist(nodes, (agent) => deleteRealm(administrator.over(agent), realm.name));
    }
  }
  return proved;
}

/** Looked for when the row is over, and every node is up again. */
async function orphans({ ground, violated }: ProofRun, { id, name }: ProofRealm): Promise<readonly string[]> {
  const found = (await ground.history?.orphansOf(id)) ?? [];
  for (const orphan of found) violated(`${name}: ${orphan}`);
  return found;
}

/** @param seen ids of all sessions so far, to which the row's are added */
async function proveRow(run: ProofRun, realm: ProofRealm, seen: Set<string>, finished: () => void): Promise<ProvedRow> {
  const latencies: number[] = [];
  const violations: string[] = [];
  let [admitted, denied, lost, evicted, most, rounds] = [0, 0, 0, 0, 0, 0];
  while (rounds < realm.row.rounds && !run.signal.aborted) {
    rounds++;
    const { observation, latencies: measured } = await runRound(run.ground, realm);
    const ids = idsOf(observation);
    const reused = ids.filter((id) => seen.has(id));
    for (const id of ids) seen.add(id);
    const found = [...violationsOf(observation), ...reused.map((id) => `the id ${id} was used before`)];
    for (const violation of found) run.violated(`${realm.name}, round ${rounds}: ${violation}`);
    violations.push(...found);
    for (const latency of measured) latencies.push(latency);
    admitted += observation.admitted.length;
    denied += observation.denied;
    lost += observation.lost;
    evicted += Math.max(0, ids.length - observation.listed.length);
    most = Math.max(most, mostAtOnce(observation));
    finished();
  }
  return { row: { ...realm.row, rounds }, admitted, denied, lost, evicted, most, violations, latencies };
}

/** Every session of a round: those handed out, and those that the database remembers. */
const idsOf = ({ admitted, history = [] }: RoundObservation): readonly string[] => [
  ...new Set([...admitted.map(({ sessionId }) => sessionId), ...history.map(({ id }) => id)]),
];
