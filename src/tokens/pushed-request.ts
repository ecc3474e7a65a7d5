/** An authorization request that a client pushed (RFC 9126), until the browser comes with its reference. */
export interface PushedRequest {
  /** Of the secret part of the reference; the reference itself only the client has. */
  readonly hash: string;
  readonly realmId: string;
  /** Public id of the client that pushed it. */
  readonly clientId: string;
  /** The parameters of the request, as sent. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** Pushed requests by the hash of their reference. */
export abstract class PushedRequestStore {
  abstract insert(request: PushedRequest): Promise<void>;
  /** Takes a request out: of parallel callers one gets it. One of another client stays where it is. */
  abstract take(realmId: string, hash: string, clientId: string): Promise<PushedRequest | undefined>;
  /** Deletes requests that expired before `before` (ms), at most `limit`; gives how many went. */
  abstract expire(before: number, limit: number): Promise<number>;
}
