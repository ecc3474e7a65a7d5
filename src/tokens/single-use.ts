/**
 * Names that may be used once within a time: spent links of mails, the pause between two mails. Kept no longer than they matter.
 * All of it is atomic: of parallel callers one is the first.
 */
export abstract class SingleUseStore {
  /**
   * Takes a name; false when somebody took it before and its time is not over. Joins the running unit of work.
   * @param now milliseconds
   * @param until milliseconds; from then on the name is free again
   */
  abstract take(realmId: string, name: string, now: number, until: number): Promise<boolean>;
  /** Whether a name is taken now. */
  abstract isTaken(realmId: string, name: string, now: number): Promise<boolean>;
  /** Deletes names that are free again since before `before` (ms), at most `limit`; gives how many went. */
  abstract expire(before: number, limit: number): Promise<number>;
}
