import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { sessionCutoffs } from './session-cutoffs.js';
import type { SessionEnds } from './session-ends.js';
import type { SessionLists } from './session-lists.js';
import { userSessionLifetime } from './session-lifetime.js';

/** Sessions ended in one transaction, so that logins never wait long for it. */
const BATCH = 200;
/** Transactions of one round: what is left is for the next. */
const BATCHES_PER_ROUND = 2000;

/** Ends sessions whose time is over. Nothing waits for it: what is over counts nowhere, ended or not. */
export class SessionSweeper {
  constructor(
    private readonly lists: SessionLists,
    private readonly ends: SessionEnds,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * One round in bounded batches. Realms take turns, so that a large one does not keep others waiting.
   * @returns how many sessions ended
   */
  async sweep(realms: readonly Realm[]): Promise<number> {
    let ended = 0;
    let waiting = realms;
    for (let batches = 0; waiting.length > 0 && batches < BATCHES_PER_ROUND; batches += waiting.length) {
      const unfinished: Realm[] = [];
      for (const realm of waiting) {
        const swept = await this.sweepOne(realm);
        ended += swept;
        if (swept > 0) unfinished.push(realm);
      }
      waiting = unfinished;
    }
    return ended;
  }

  private async sweepOne(realm: Realm): Promise<number> {
    const at = this.clock.now();
    const due = await this.lists.due(realm.id, sessionCutoffs(realm, at), BATCH);
    if (due.length === 0) return 0;
    const ended = await this.unitOfWork.run(() =>
      this.ends.end(due, (session) => ({ reason: userSessionLifetime(session, realm).cause, at }), { realm }),
    );
    return ended.length;
  }
}
