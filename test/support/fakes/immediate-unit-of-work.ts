import { AsyncLocalStorage } from 'node:async_hooks';
import { UnitOfWork } from '../../../src/shared/unit-of-work.js';

type Effect = () => void | Promise<void>;

/**
 * A unit of work over in-memory stores: units run one after the other, as on a single writer, nested ones join, effects
 * run after the outermost has succeeded. Nothing is rolled back; a test about rollback needs a database.
 */
export class ImmediateUnitOfWork extends UnitOfWork {
  private readonly current = new AsyncLocalStorage<Effect[]>();
  private last: Promise<unknown> = Promise.resolve();

  /** Whether a unit of work is running (for fakes that insist on it). */
  get active(): boolean {
    return this.current.getStore() !== undefined;
  }

  override run<T>(work: () => Promise<T>): Promise<T> {
    if (this.active) return work();
    const result = this.last.then(() => this.runOutermost(work));
    this.last = result.catch(() => undefined);
    return result;
  }

  override afterCommit(effect: Effect): void {
    const effects = this.current.getStore();
    if (effects === undefined) void effect();
    else effects.push(effect);
  }

  private async runOutermost<T>(work: () => Promise<T>): Promise<T> {
    const effects: Effect[] = [];
    const result = await this.current.run(effects, work);
    for (const effect of effects) await effect();
    return result;
  }
}
