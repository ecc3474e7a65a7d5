import { createHmac } from 'node:crypto';

/** What is signed. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds. */
  readonly timestamp: number;
  /** As it is sent, byte by byte. */
  readonly body: string;
}

/**
 * The header `webhook-signature` (Standard Webhooks 1.0): an HMAC-SHA256 over id, time and body for each key, so that receivers can
 * change to a new one while others still check with the old.
 */
export const webhookSignature = ({ id, timestamp, body }: SignedMessage, keys: readonly Buffer[]): string =>
  keys.map((key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`).join(' ');
