import { randomInt } from 'node:crypto';
import type { Clock } from '../shared/clock.js';
import { AppError } from '../shared/errors.js';
import type { Outbound } from '../shared/outbound.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { backOff } from './back-off.js';
import type { DeliveryObserver } from './delivery-observer.js';
import type { Delivery, DeliveryComposer, DeliveryFailure, DeliveryStore } from './delivery.js';

/** Receivers that are called at the same time, and how many of these may be ones whose last attempt failed. */
const PARALLEL = 32;
const PARALLEL_RETRIES = 16;
/** Longer than a call may take; after that a claim is that of a node that is gone. */
const CLAIM_MS = 60_000;

const byChance = (): number => randomInt(1_000) / 1_000;

/** What the operator should read about deliveries. */
export interface DeliveryLog {
  /** One will not be tried again. */
  givenUp(delivery: Delivery, reason: string): void;
  /** Something of this server broke while it sent; the delivery comes back when its claim has run out. */
  broke(error: unknown): void;
}

type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'hopeless'; readonly reason: string }
  /** `wholeReceiver`: others to it would fail as well. */
  | { readonly kind: 'later'; readonly reason: string; readonly wholeReceiver: boolean };

/**
 * Sends what is due: one at a time to a receiver and in the order in which it was queued, many receivers at once. Receivers whose last
 * attempt failed have half of the places, so that dead ones leave room. A delivery is sent at least once; twice when this server breaks
 * after it was received.
 */
export class DeliveryRunner {
  private readonly composers: ReadonlyMap<string, DeliveryComposer>;
  private readonly active = new Set<Promise<void>>();
  private retries = 0;
  private running: Promise<void> | undefined;
  /** Somebody asks for another look at the outbox. */
  private asked = false;
  private wake: () => void = () => undefined;
  private draining = false;

  constructor(
    private readonly store: DeliveryStore,
    composers: readonly DeliveryComposer[],
    private readonly outbound: Outbound,
    private readonly log: DeliveryLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly observer?: DeliveryObserver,
    private readonly chance: () => number = byChance,
  ) {
    this.composers = new Map(composers.map((composer) => [composer.kind, composer]));
  }

  /**
   * Sends everything that is due, and returns when nothing is left that may be sent now. While it runs another call joins it.
   * @throws UnavailableError when the database is gone
   */
  runDue(): Promise<void> {
    this.ask();
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  /** Takes nothing more, and returns when what is under way has ended. */
  async drain(): Promise<void> {
    this.draining = true;
    await this.running;
  }

  private ask(): void {
    this.asked = true;
    this.wake();
  }

  private async run(): Promise<void> {
    try {
      while (this.asked && !this.draining) {
        this.asked = false;
        for (const delivery of await this.claimNext()) this.start(delivery);
        await this.waitForNews();
      }
    } finally {
      await Promise.all(this.active);
    }
  }

  /** Until somebody asks, or a call has ended (which asks); at once when none is under way. */
  private async waitForNews(): Promise<void> {
    if (this.asked || this.active.size === 0) return;
    await new Promise<void>((resolve) => (this.wake = resolve));
  }

  private async claimNext(): Promise<readonly Delivery[]> {
    const now = this.clock.now();
    let places = PARALLEL - this.active.size;
    let retryPlaces = PARALLEL_RETRIES - this.retries;
    const wanted = (await this.store.next(now, 2 * PARALLEL)).filter(({ attempts }) => {
      if (places === 0 || (attempts > 0 && retryPlaces === 0)) return false;
      places--;
      if (attempts > 0) retryPlaces--;
      return true;
    });
    if (wanted.length === 0) return [];
    return this.unitOfWork.run(async () => {
      const claimed: Delivery[] = [];
      for (const delivery of wanted) {
        const mine = await this.store.claim(delivery, now, now + CLAIM_MS);
        if (mine) claimed.push(mine);
      }
      return claimed;
    });
  }

  private start(delivery: Delivery): void {
    const retry = delivery.attempts > 1 ? 1 : 0;
    this.retries += retry;
    const attempt = this.watched(delivery)
      .catch((error: unknown) => this.log.broke(error))
      .finally(() => {
        this.retries -= retry;
        this.active.delete(attempt);
        this.ask();
      });
    this.active.add(attempt);
  }

  private watched(delivery: Delivery): Promise<void> {
    const { observer } = this;
    return observer ? observer.attempt(delivery, () => this.attempt(delivery)) : this.attempt(delivery);
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const outcome = await this.send(delivery);
    const now = this.clock.now();
    await this.unitOfWork.run(async () => {
      if (outcome.kind === 'done') return this.store.remove(delivery);
      await this.report(delivery, { reason: outcome.reason, final: outcome.kind === 'hopeless' });
      if (outcome.kind === 'hopeless') return this.store.giveUp(delivery, now, outcome.reason);
      const dueAt = now + backOff(delivery.attempts, this.chance());
      const heldUntil = outcome.wholeReceiver ? dueAt : 0;
      return this.store.putOff(delivery, { dueAt, heldUntil, error: outcome.reason });
    });
    if (outcome.kind === 'hopeless') this.log.givenUp(delivery, outcome.reason);
  }

  private async report(delivery: Delivery, failure: DeliveryFailure): Promise<void> {
    if (delivery.attempts === 1 || failure.final) await this.composers.get(delivery.kind)?.failed?.(delivery, failure);
  }

  private async send(delivery: Delivery): Promise<Outcome> {
    const composer = this.composers.get(delivery.kind);
    if (!composer) return { kind: 'later', reason: `nothing makes a ${delivery.kind} here`, wholeReceiver: false };
    try {
      const request = await composer.compose(delivery);
      if (!request) return { kind: 'done' };
      const result = await this.outbound.send(request);
      if (result.kind === 'refused') return { kind: 'hopeless', reason: result.reason };
      if (result.kind === 'failed') return { kind: 'later', reason: result.reason, wholeReceiver: true };
      return outcomeOfStatus(result.status);
    } catch (error) {
      if (!(error instanceof AppError)) this.log.broke(error);
      const reason = error instanceof AppError ? error.message : 'it could not be made';
      return { kind: 'later', reason, wholeReceiver: false };
    }
  }
}

/** A receiver that is overloaded or broken is left alone; one that refuses this delivery still gets the others. */
function outcomeOfStatus(status: number): Outcome {
  if (status >= 200 && status < 300) return { kind: 'done' };
  return { kind: 'later', reason: `answered ${status}`, wholeReceiver: status >= 500 || status === 429 };
}
