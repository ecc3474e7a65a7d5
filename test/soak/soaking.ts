import { setTimeout as pause } from 'node:timers/promises';
import { Administrator } from '../../src/proof/administrator.js';
import type { DatabaseLook } from '../../src/proof/database-look.js';
import { History } from '../../src/proof/history.js';
import { makeRealm, makeUser, PROOF_CLIENT, type ProofUser } from '../../src/proof/proof-realm.js';
import type { StartedNodes } from '../../src/proof/started-nodes.js';
import { violationsOfHistory } from '../../src/proof/violations.js';
import type { Fault } from './faults.js';
import { Ledger } from './ledger.js';
import { LoadFigures } from './load-figures.js';
import { capacityOf, makeLoad, type LoadGround } from './load.js';
import { MemoryWatch } from './memory-watch.js';

const CAP = 3;
const PART_OF_CAPACITY = 0.7;
const MOST_AT_ONCE = 128;
const LOOK_EVERY_MS = 50;

/** How long things take, and how much is done meanwhile. */
export interface Pace {
  /** How long to go on; every fault happens once at least. */
  readonly milliseconds: number;
  /** Of calm before each fault and after the last: at least so long, and so many requests. */
  readonly calm: { readonly milliseconds: number; readonly requests: number };
  readonly users: number;
  /** Requests a second, where the load is not to be 70 % of what the server can do. */
  readonly perSecond?: number;
  /** Until requests succeed again after a fault. */
  readonly recoveredWithinMs: number;
}

/** What came of it. */
export interface Soaked {
  readonly perSecond: number;
  readonly requests: number;
  readonly acknowledged: number;
  /** What went wrong on purpose, and how many requests failed of it. */
  readonly faults: readonly { readonly name: string; readonly failed: number }[];
  /** Of the first node, in MiB, over its longest life. */
  readonly memory: { readonly first: number; readonly last: number };
  /** Everything that must not be, in words. */
  readonly violations: readonly string[];
}

/** A server that is loaded while one fault after the other happens to it. */
export class Soaking {
  private readonly figures = new LoadFigures();
  private readonly violations: string[] = [];
  private readonly struck: { readonly name: string; readonly failed: number }[] = [];

  private constructor(
    private readonly ground: LoadGround,
    private readonly realmId: string,
    private readonly look: DatabaseLook,
    private readonly pace: Pace,
    private readonly say: (line: string) => void,
  ) {}

  /** Soaks a server on an empty database. @param faults in their order; those that are not `once` come round again */
  static async run(
    nodes: StartedNodes,
    look: DatabaseLook,
    faults: readonly Fault[],
    pace: Pace,
    say: (line: string) => void,
  ): Promise<Soaked> {
    const administrator = new Administrator(await nodes.next(), nodes.base, nodes.admin);
    const row = { door: 'direct', behaviour: 'Terminate oldest session', cap: CAP, hash: 'cheap', rounds: 1 } as const;
    const realm = await makeRealm(administrator, { ...row, parallel: 1 });
    const users: ProofUser[] = [];
    while (users.length < pace.users) users.push(await makeUser(administrator, realm.name));
    const application = { issuer: `${nodes.base}/realms/${realm.name}`, ...PROOF_CLIENT };
    const ledger = new Ledger(realm.id, CAP);
    const ground = { nodes, administrator, application, realm: realm.name, users, ledger };
    const memory = new MemoryWatch(() => nodes.pids[0]);
    try {
      return await new Soaking(ground, realm.id, look, pace, say).soak(faults, memory);
    } finally {
      memory.stop();
    }
  }

  private async soak(faults: readonly Fault[], memory: MemoryWatch): Promise<Soaked> {
    const { ground, figures, pace, violations } = this;
    const seconds = Math.min(10, pace.milliseconds / 20_000 + 1);
    const perSecond = pace.perSecond ?? PART_OF_CAPACITY * (await capacityOf(ground, figures, seconds));
    const over = new AbortController();
    const load = makeLoad(ground, { perSecond, atOnce: MOST_AT_ONCE }, figures, over.signal);
    const end = performance.now() + pace.milliseconds;
    const left = [...faults];
    await this.calm();
    for (let fault = left.shift(); fault; fault = left.shift()) {
      await this.strike(fault);
      await this.calm();
      if (performance.now() > end && this.struck.length >= faults.length) break;
      if (fault.once !== true) left.push(fault);
    }
    over.abort();
    await load;
    violations.push(...figures.unexplained.map((what) => `a request failed without a fault: ${what}`));
    violations.push(...(await this.atTheEnd()));
    if (!memory.isFlat) violations.push(`memory grew from ${memory.figures.first} to ${memory.figures.last} MiB`);
    const { done: requests } = figures;
    const { acknowledged } = ground.ledger;
    return { perSecond, requests, acknowledged, faults: this.struck, memory: memory.figures, violations };
  }

  /** Nothing goes wrong: for a time, and until enough was done. */
  private async calm(): Promise<void> {
    const { milliseconds, requests } = this.pace.calm;
    const enough = this.figures.done + requests;
    await pause(milliseconds);
    await this.within(this.pace.recoveredWithinMs, 'too few requests are done', () => this.figures.done >= enough);
  }

  private async strike(fault: Fault): Promise<void> {
    const { figures, pace } = this;
    const { name, harmless = false } = fault;
    this.say(name);
    const before = figures.struck;
    if (!harmless) figures.turn();
    await fault.strike(() =>
      this.within(pace.recoveredWithinMs, `nobody noticed: ${name}`, () => figures.struck > before),
    );
    await this.untilRecovered(name);
    if (!harmless) figures.turn();
    this.struck.push({ name, failed: figures.struck - before });
    const found = await this.ground.ledger.check(this.look);
    this.violations.push(...found.map((what) => `after ${name}: ${what}`));
  }

  /** Waits until requests succeed for a second without one that fails. */
  private async untilRecovered(name: string): Promise<void> {
    const { figures } = this;
    let [since, done, struck] = [performance.now(), figures.done, figures.struck];
    await this.within(this.pace.recoveredWithinMs, `requests still fail after ${name}`, () => {
      if (figures.struck > struck) [since, done, struck] = [performance.now(), figures.done, figures.struck];
      return figures.done > done && performance.now() - since > 1000;
    });
  }

  private async within(milliseconds: number, otherwise: string, isSo: () => boolean): Promise<void> {
    const until = performance.now() + milliseconds;
    while (!isSo()) {
      if (performance.now() > until) {
        this.violations.push(`${otherwise} for ${milliseconds / 1000} s: ${this.figures.last}`);
        return;
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  /** What can be said when no request is under way any more: nothing is left over, and the cap held at every moment. */
  private async atTheEnd(): Promise<readonly string[]> {
    const history = new History(this.look);
    const { ledger, users } = this.ground;
    const found = [...(await ledger.check(this.look)), ...(await history.orphansOf(this.realmId))];
    for (const { id } of users) found.push(...violationsOfHistory(CAP, await history.ofUser(this.realmId, id)));
    return found;
  }
}
