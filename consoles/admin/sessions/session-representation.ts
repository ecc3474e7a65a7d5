/** What a browser said it is. */
export interface SessionDevice {
  readonly device: string;
  /** Name and version with a slash between; `Other/Unknown`. */
  readonly browser: string;
  readonly os: string;
  readonly osVersion: string;
  readonly mobile: boolean;
}

/** A session as every list has it. Times are milliseconds. */
export interface Session {
  readonly id: string;
  readonly username: string;
  readonly userId: string;
  readonly ipAddress: string;
  readonly start: number;
  readonly lastAccess: number;
  /** Public ids by internal ids. */
  readonly clients: Readonly<Record<string, string>>;
}

/** A session as `GET sessions` lists it. */
export interface FoundSession extends Session {
  readonly rememberMe: boolean;
  readonly offline: boolean;
  readonly device: SessionDevice;
  readonly expires: number;
  readonly expiryCause: 'idle' | 'max' | 'realm_policy';
  /** The member of the realm that decides it. */
  readonly expirySetting: string;
}

/** A session as `GET sessions/ended` lists it. */
export interface EndedSession extends Omit<FoundSession, 'expires' | 'expiryCause' | 'expirySetting'> {
  readonly ended: number;
  readonly reason: string;
  /** Id of the session that took the place, when evicted. */
  readonly evictedBy?: string;
  readonly cap?: 'realm' | 'client';
  readonly limit?: number;
}

/** Which sessions are looked for. */
export interface SessionFilter {
  readonly user?: string | undefined;
  readonly client?: string | undefined;
  readonly ipAddress?: string | undefined;
  /** Begun at this instant or later (ms). */
  readonly from?: number | undefined;
  /** Begun before this instant (ms). */
  readonly to?: number | undefined;
  readonly offline?: boolean | undefined;
}
