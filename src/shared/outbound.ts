/** A call to another server. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  /** http or https, absolute. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came of a call. There is no other way to fail: nothing is thrown for what another server does. */
export type OutboundResult =
  /** It answered, with any status. `body` is text, cut nowhere: a longer one than 64 KiB is a failure. */
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** The address may not be called (scheme, user info, a forbidden network). Calling again would not help. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer: unreachable, too slow, too long, or a redirect. Calling again may help. */
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * The one way to call another server (back-channel logout, admin URLs, webhooks, key sets of clients). Addresses come from
 * administrators and are not trusted: http(s) only, no redirects, five seconds, 64 KiB, and the address is checked after it was
 * resolved, so that a name cannot point into a network that is closed to it.
 */
export abstract class Outbound {
  abstract send(request: OutboundRequest): Promise<OutboundResult>;
}
