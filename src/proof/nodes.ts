import type { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { routeTo } from './http-request.js';

/** The nodes of the server that is put to the proof. */
export interface ProofNodes {
  /** The address that all nodes are called by, whichever answers: what a load balancer in front of them would be called. */
  readonly base: string;
  /** How many there are. */
  readonly count: number;
  /** They are ended while logins run: an answer may be lost, and nothing is wrong with that. */
  readonly mayDie: boolean;
  /** Connections to one of those that are up, in turn; waits while none is. @throws Error when none comes up in time */
  next(): Promise<Agent>;
}

const TRIES = 40;
const BETWEEN_TRIES_MS = 250;

/** Asks nodes in turn until one answers, where nodes may die: for what may be asked twice. */
export async function insist<T>(nodes: ProofNodes, ask: (agent: Agent) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await ask(await nodes.next());
    } catch (error) {
      if (!nodes.mayDie || tried === TRIES) throw error;
      await pause(BETWEEN_TRIES_MS);
    }
  }
}

/** Nodes that somebody else runs: every one is asked in turn. */
export class GivenNodes implements ProofNodes {
  readonly base: string;
  readonly mayDie = false;
  private readonly agents: readonly Agent[];
  private readonly turns: Iterator<Agent, never>;

  /**
   * @param urls of the nodes, at least one; the server goes by the first
   * @param connections to each node at once
   */
  constructor(urls: readonly string[], connections: number) {
    const [base] = urls;
    if (base === undefined) throw new RangeError('A server has at least one node');
    this.base = base.replace(/\/+$/, '');
    this.agents = urls.map((url) => routeTo(url, connections));
    this.turns = inTurn(this.agents);
  }

  get count(): number {
    return this.agents.length;
  }

  next(): Promise<Agent> {
    return Promise.resolve(this.turns.next().value);
  }

  close(): void {
    for (const agent of this.agents) agent.destroy();
  }
}

function* inTurn<T>(items: readonly T[]): Generator<T, never> {
  for (;;) yield* items;
}
