import type { Json } from '../shared/json.js';
import type { OutboundRequest } from '../shared/outbound.js';

/** Something another server has to be told, kept until it was told or given up. Times are milliseconds. */
export interface Delivery {
  readonly id: string;
  readonly realmId: string;
  /** Names the `DeliveryComposer` that makes the request. */
  readonly kind: string;
  /** Deliveries to one receiver share it (for example a client's id): a dead receiver delays only its own. */
  readonly receiver: string;
  /** What the composer needs, never null; no secrets and no signed tokens, which are made when it is sent. */
  readonly payload: Json;
  /** Whom it is about, when that is one user. */
  readonly userId?: string;
  readonly createdAt: number;
  /** Not sent before. */
  readonly dueAt: number;
  /** How often it was tried. */
  readonly attempts: number;
  readonly lastError?: string;
  /** Set when it was given up; such a row is shown to administrators until it is swept. */
  readonly failedAt?: number;
}

/** What is to be told; the rest is filled in when it is queued. */
export type NewDelivery = Pick<Delivery, 'realmId' | 'kind' | 'receiver' | 'payload' | 'userId'>;

/** Queues deliveries. Joins the running unit of work: a delivery is due exactly when what it reports was committed. */
export abstract class DeliveryQueue {
  abstract enqueue(deliveries: readonly NewDelivery[]): Promise<void>;
}

/** Makes the request of one kind of delivery at the moment it is sent (tokens in it are short-lived). */
export interface DeliveryComposer {
  readonly kind: string;
  /** Undefined when there is nobody to tell any more (the client was removed or has no such address now). */
  compose(delivery: Delivery): Promise<OutboundRequest | undefined>;
  /** Hears of the first attempt that failed and of the end of all attempts, in the transaction that writes it down. */
  failed?(delivery: Delivery, failure: DeliveryFailure): Promise<void>;
}

export interface DeliveryFailure {
  readonly reason: string;
  /** It is not tried again. */
  readonly final: boolean;
}

/** What came of one attempt that did not succeed. */
export interface PutOff {
  readonly dueAt: number;
  /** Until then nothing else is sent to the receiver either; 0 when only this delivery is the trouble. */
  readonly heldUntil: number;
  readonly error: string;
}

/**
 * The outbox. Deliveries are tried by whoever claims them; a claim holds back all others to the same receiver of the realm, until it
 * is settled or runs out (the node that had it is gone). `attempts` names the claim: who settles with an old one changes nothing.
 * Writes need a unit of work.
 */
export abstract class DeliveryStore {
  /** Adds deliveries; their ids are new. */
  abstract insert(deliveries: readonly Delivery[]): Promise<void>;
  /**
   * Of each receiver that is not held, the oldest delivery that is due: never tried ones first, then by due time, at most `limit`.
   * Given up ones do not count.
   */
  abstract next(now: number, limit: number): Promise<readonly Delivery[]>;
  /** Takes one for an attempt: gives it with the attempt counted; undefined when somebody else has it or it is gone. */
  abstract claim(delivery: Delivery, now: number, heldUntil: number): Promise<Delivery | undefined>;
  /** It was delivered, or is not wanted any more: deletes it. */
  abstract remove(claimed: Delivery): Promise<void>;
  /** Ends the claim; it is tried again. */
  abstract putOff(claimed: Delivery, how: PutOff): Promise<void>;
  /** Ends the claim; it is not tried again and stays to be seen. */
  abstract giveUp(claimed: Delivery, at: number, error: string): Promise<void>;
  /** Gives up those queued before `before`, at most `limit`: how many. `error` is for those that were never tried. */
  abstract giveUpOld(before: number, now: number, error: string, limit: number): Promise<number>;
  /** Deletes those given up before `before`, at most `limit`: how many. */
  abstract expire(before: number, limit: number): Promise<number>;
  /**
   * Deletes what is about a user: all deliveries of these kinds, and of the others those that were given up. Other waiting ones (a
   * logout that an application has to hear of) still go out.
   */
  abstract forgetUser(realmId: string, userId: string, kinds: readonly string[]): Promise<void>;
  /** Those of a realm, the newest first. */
  abstract list(realmId: string, page: { readonly first: number; readonly max: number }): Promise<readonly Delivery[]>;
}
