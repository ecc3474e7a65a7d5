import type { ClientSession, EndReason, UserSession } from '../sessions/user-session.js';
import { bigint, boolean, integer, json, key, nullable, tableOf, text, varchar } from './columns.js';

/** An end is spread over columns of its own: `endedAt` is NULL exactly while the session is open. */
export interface UserSessionRow extends Omit<UserSession, 'end'> {
  readonly endedAt?: number;
  readonly endReason?: EndReason;
  readonly evictedBy?: string;
  readonly endCap?: 'realm' | 'client';
  readonly endLimit?: number;
  readonly endOwnerVersion?: number;
  /** Internal ids of the clients that took part, separated by commas. */
  readonly endClients?: string;
}

export const userSessionTable = tableOf<UserSessionRow>('user_session', {
  realmId: key(),
  id: key(),
  offline: { ...boolean(), primary: true },
  userId: varchar(),
  username: varchar(),
  rememberMe: boolean(),
  ipAddress: varchar(),
  userAgent: text(),
  authMethod: varchar(),
  startedAt: bigint(),
  lastAccess: bigint(),
  authTime: nullable(bigint()),
  identityHash: nullable(varchar()),
  ownerVersion: bigint(),
  notes: json(),
  endedAt: nullable(bigint()),
  endReason: nullable(varchar()),
  evictedBy: nullable(varchar()),
  endCap: nullable(varchar()),
  endLimit: nullable(integer()),
  endOwnerVersion: nullable(bigint()),
  endClients: nullable(text()),
});

export const clientSessionTable = tableOf<ClientSession>('client_session', {
  realmId: key(),
  sessionId: key(),
  offline: { ...boolean(), primary: true },
  clientId: key(),
  userId: varchar(),
  startedAt: bigint(),
  lastAccess: bigint(),
  redirectUri: nullable(text()),
  scope: text(),
  notes: json(),
  refresh: json(),
});

/** The row that is the lock of a user's sessions, see `SessionStore.lockOwner`. */
export const sessionOwnerTable = tableOf<{ realmId: string; userId: string; version: number }>('session_owner', {
  realmId: key(),
  userId: key(),
  version: bigint(),
});

/** The row that is the lock of a client's seats, see `SessionStore.lockSeats`. */
export const clientSeatTable = tableOf<{ realmId: string; clientId: string; version: number }>('client_seat', {
  realmId: key(),
  clientId: key(),
  version: bigint(),
});
