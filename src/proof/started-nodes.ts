import type { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { routeTo } from './http-request.js';
import type { ProofNodes } from './nodes.js';
import { ServerProcess, type ServerOptions } from './server-process.js';

const UP_WITHIN_MS = 120_000;
const POLL_MS = 50;

/** Which nodes are started. */
export interface StartOptions extends ServerOptions {
  /** How many; all of them get the same settings, so all work on one database. */
  readonly count: number;
  /** Connections to each node at once. */
  readonly connections: number;
  /** Whether they will be ended while logins run. */
  readonly mayDie: boolean;
}

/** A node: its process and the way to it while it is up. */
interface Place {
  process: ServerProcess;
  agent: Agent | undefined;
}

/** Nodes of this server, as processes that this one started and may end. */
export class StartedNodes implements ProofNodes {
  readonly base: string;
  private readonly places: Place[];
  private turn = 0;

  private constructor(
    private readonly options: StartOptions,
    private readonly first: Place,
  ) {
    this.places = [first];
    this.base = first.process.url;
  }

  /** Starts the first node alone, since it makes the tables, then the others. @throws as `ServerProcess.start` */
  static async start(options: StartOptions): Promise<StartedNodes> {
    const nodes = new StartedNodes(options, placeOf(await ServerProcess.start(options), options));
    try {
      for (let more = options.count - 1; more > 0; more--) {
        nodes.places.push(placeOf(await ServerProcess.start(options), options));
      }
      return nodes;
    } catch (error) {
      await nodes.stop();
      throw error;
    }
  }

  get count(): number {
    return this.places.length;
  }

  get mayDie(): boolean {
    return this.options.mayDie;
  }

  /** The first administrator. */
  get admin(): ServerProcess['admin'] {
    return this.first.process.admin;
  }

  /** Process ids of the nodes. */
  get pids(): readonly number[] {
    return this.places.map(({ process }) => process.pid);
  }

  async next(): Promise<Agent> {
    const until = performance.now() + UP_WITHIN_MS;
    for (;;) {
      const up = this.places.flatMap(({ agent }) => agent ?? []);
      const agent = up[this.turn++ % up.length];
      if (agent) return agent;
      if (performance.now() > until) throw new Error('No node came up');
      await pause(POLL_MS);
    }
  }

  /** Ends a node as a power cut would and starts it again; over when it is up. @throws as `ServerProcess.start` */
  async killAndRestart(index: number): Promise<void> {
    const place = this.places[index];
    if (!place) throw new RangeError(`There is no node ${index}`);
    const { agent, process } = place;
    // What is under way breaks when the process is gone, not before; nothing new goes there.
    place.agent = undefined;
    await process.kill();
    agent?.destroy();
    Object.assign(place, placeOf(await ServerProcess.start(this.options), this.options));
  }

  /** Sends every node a message, see `ServerProcess.tell`. */
  async tell(message: object): Promise<void> {
    for (const { process } of this.places) await process.tell(message);
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.places.map(async ({ process, agent }) => {
        agent?.destroy();
        await process.stop();
      }),
    );
  }
}

const placeOf = (process: ServerProcess, { connections }: StartOptions): Place => ({
  process,
  agent: routeTo(process.url, connections),
});
