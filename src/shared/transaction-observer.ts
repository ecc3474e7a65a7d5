/** Watches transactions, for metrics and traces. It changes nothing: it gives what the work gives and throws what it throws. */
export abstract class TransactionObserver {
  /**
   * One try of a transaction, from the wait for a connection to its end. `work` calls `begun` when the transaction has begun; it may end
   * without.
   */
  abstract transaction<T>(work: (begun: () => void) => Promise<T>): Promise<T>;
  /** The wait for the row of a user, behind which logins of that user stand in line. */
  abstract ownerLock<T>(work: () => Promise<T>): Promise<T>;
}
