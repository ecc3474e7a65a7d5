/** Kinds of user sessions that have lifetimes of their own: online, online with "remember me", offline. */
export const SESSION_KINDS = ['online', 'remembered', 'offline'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/**
 * What was over when a lifetime was changed, and stays over whatever it was changed to: everything that was last used (or, for a
 * maximum, began) up to this instant.
 */
export interface LifetimeMark {
  /** Milliseconds since the epoch. */
  readonly upTo: number;
  /** The span that held then. */
  readonly seconds: number;
  /** Its name: a realm member, or an attribute of the client. */
  readonly setting: string;
}

/** Marks of one kind of session. */
export interface LifetimeMarks {
  readonly idle?: LifetimeMark;
  readonly max?: LifetimeMark;
}

/** By kind; a kind whose lifetimes never changed has none. */
export type MarksByKind = Readonly<Partial<Record<SessionKind, LifetimeMarks>>>;
