/**
 * The boundary of a transaction. Every write happens inside `run`; stores join the surrounding transaction by themselves.
 * On SQLite it is BEGIN IMMEDIATE on the single writer, on PostgreSQL READ COMMITTED.
 * Never await the network or a password hash inside.
 */
export abstract class UnitOfWork {
  /**
   * Runs `work` in one transaction: commits when it returns, rolls back when it throws (and throws on).
   * Called within a running unit of work it joins that one.
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;

  /** Calls `effect` once the current transaction has committed; outside of one, at once. A throw is logged, never passed on. */
  abstract afterCommit(effect: () => void | Promise<void>): void;
}
