import { randomBytes } from 'node:crypto';
import { hashSecret } from '../shared/secrets.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { BrowserContext } from './browser-login-types.js';
import type { PendingLogin } from './pending-login.js';

/** A tab of a browser. */
export const newTabId = (): string => randomBytes(8).toString('base64url');

/** A login that begins now, of which nothing is stored yet. @param now milliseconds */
export const newLogin = (
  context: BrowserContext,
  request: AuthorizationRequest,
  rootSecret: string,
  now: number,
  tabId = newTabId(),
): PendingLogin => ({
  realmId: context.realm.id,
  rootHash: hashSecret(rootSecret),
  tabId,
  version: 0,
  phase: 'flow',
  request,
  actionsDone: [],
  createdAt: now,
  touchedAt: now,
  expiresAt: now,
  remoteAddress: context.remoteAddress,
});
