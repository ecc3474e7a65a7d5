import { createHmac } from 'node:crypto';
import { constantTimeEquals } from '../shared/secrets.js';
import type { PendingLogin } from './pending-login.js';

/**
 * The one-time `session_code` of the page on screen: derived from the login's row and its version, so that it needs no storage and
 * every accepted step makes it worthless.
 */
export class SessionCodes {
  /** @param key 256 bits that only this server (and its siblings on the same database) know */
  constructor(private readonly key: Buffer) {}

  of({ realmId, rootHash, tabId, version }: Pick<PendingLogin, 'realmId' | 'rootHash' | 'tabId' | 'version'>): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([realmId, rootHash, tabId, version]))
      .digest('base64url');
  }

  matches(login: PendingLogin, code: string): boolean {
    return constantTimeEquals(this.of(login), code);
  }
}
