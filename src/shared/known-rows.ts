/** What this server remembers of the database so as not to read it again. Forgetting costs time, never data. */
export abstract class KnownRows {
  /** Forgets everything. */
  abstract clear(): void;
}
