import type { AuthEvent } from '../../src/events/auth-events.js';
import type { Client } from '../../src/realm/client.js';
import type { Credential } from '../../src/realm/user.js';
import type { Group } from '../../src/realm/group.js';
import type { Role } from '../../src/realm/role.js';
import type { ClientSession, UserSession } from '../../src/sessions/user-session.js';
import type { AuthorizationCode } from '../../src/tokens/authorization-code.js';
import { sampleClient as clientOf } from '../support/fakes/sample-realm.js';

let counter = 0;

/** An id that no other test uses; ids of one run sort in the order they were made. */
export function freshId(prefix: string): string {
  return `${prefix}-${String(++counter).padStart(6, '0')}`;
}

export function sampleClient(realmId: string, members: Partial<Client> = {}): Client {
  const id = freshId('client');
  const own = { id, realmId, clientId: `app-${id}`, redirectUris: ['https://app.test/*'], webOrigins: ['+'] };
  return clientOf({ ...own, ...members });
}

export function sampleRole(realmId: string, members: Partial<Role> = {}): Role {
  const id = freshId('role');
  return { id, realmId, name: id, attributes: {}, composites: [], ...members };
}

export function sampleGroup(realmId: string, members: Partial<Group> = {}): Group {
  const id = freshId('group');
  return { id, realmId, name: id, attributes: {}, ...members };
}

export function sampleCredential(realmId: string, userId: string, members: Partial<Credential> = {}): Credential {
  return {
    id: freshId('credential'),
    realmId,
    userId,
    type: 'password',
    createdDate: 1_700_000_000_123,
    data: '{"algorithm":"argon2"}',
    sealedSecret: 'sealed',
    priority: 10,
    ...members,
  };
}

export function sampleSession(realmId: string, userId: string, members: Partial<UserSession> = {}): UserSession {
  return {
    id: freshId('session'),
    realmId,
    userId,
    username: 'alice',
    offline: false,
    rememberMe: false,
    ipAddress: '203.0.113.7',
    userAgent: 'Mozilla/5.0',
    authMethod: 'openid-connect',
    startedAt: 1_700_000_000_000,
    lastAccess: 1_700_000_000_000,
    ownerVersion: 1,
    notes: {},
    ...members,
  };
}

export function sampleClientSession(
  session: UserSession,
  clientId: string,
  members: Partial<ClientSession> = {},
): ClientSession {
  const { id: sessionId, realmId, userId, offline, startedAt, lastAccess } = session;
  return {
    sessionId,
    realmId,
    userId,
    clientId,
    offline,
    startedAt,
    lastAccess,
    scope: 'openid',
    notes: {},
    refresh: {},
    ...members,
  };
}

export function sampleCode(realmId: string, members: Partial<AuthorizationCode> = {}): AuthorizationCode {
  return {
    hash: freshId('hash'),
    realmId,
    clientId: 'client',
    userId: 'user',
    sessionId: 'session',
    redirectUri: 'https://app.test/cb',
    redirectUriRequired: true,
    scope: 'openid',
    claims: { acr: '1' },
    expiresAt: 1_700_000_060_000,
    ...members,
  };
}

export function sampleEvent(realmId: string, members: Partial<AuthEvent> = {}): AuthEvent {
  return {
    id: freshId('event'),
    time: 1_700_000_000_000,
    type: 'LOGIN',
    realmId,
    details: { username: 'alice' },
    ...members,
  };
}
