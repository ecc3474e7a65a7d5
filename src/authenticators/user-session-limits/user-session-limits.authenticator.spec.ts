import { beforeEach, describe, expect, it } from 'vitest';
import { InMemoryClientStore } from '../../../test/support/fakes/in-memory-client-store.js';
import { InMemoryRealmStore } from '../../../test/support/fakes/in-memory-realm-store.js';
import { sampleClient, sampleRealm } from '../../../test/support/fakes/sample-realm.js';
import type { Authenticator, Outcome, Step } from '../../engine/index.js';
import { Memberships } from '../../realm/memberships.js';
import { LimitedSessionReader } from '../../sessions/limited-sessions.js';
import { sortByLife } from '../../sessions/live-sessions.js';
import type { OwnSessions } from '../../sessions/own-sessions.js';
import type { SessionWithClients } from '../../sessions/user-session.js';
import { ManualClock } from '../../shared/clock.js';
import { userSessionLimits } from './user-session-limits.authenticator.js';
import type { SessionLimitsConfig } from './user-session-limits.config.js';

const MINUTE = 60_000;
const ONE_PER_CLIENT: SessionLimitsConfig = {
  realmMax: 0,
  clientMax: 1,
  whenFull: 'deny',
  message: undefined,
  unusable: undefined,
  ssoLogins: false,
  groupLimits: [],
  idleAfter: 0,
  countOffline: false,
  clientSeats: 0,
};

const clock = new ManualClock();
const realm = sampleRealm({ ssoSessionIdleTimeout: 30 * 60 });
const client = sampleClient({ attributes: { 'client.session.idle.timeout': '300' } });
const owner = { realmId: realm.id, userId: 'user-1', offline: false };

let open: readonly SessionWithClients[];
let limiter: Authenticator<SessionLimitsConfig>;

beforeEach(async () => {
  const realms = new InMemoryRealmStore();
  const clients = new InMemoryClientStore();
  await realms.insert(realm);
  await clients.insert(client);
  const nobody = { ofUser: () => Promise.resolve([]), withAncestors: () => Promise.resolve([]) };
  const noRoles = {
    findByQualifiedName: () => Promise.resolve(undefined),
    effectiveRoleIds: () => Promise.resolve(new Set<string>()),
  };
  const sorted = (): Promise<OwnSessions> => Promise.resolve(sortByLife(open, realm, client, clock.now()));
  const own = { all: sorted, toDecide: sorted };
  const sessions = {
    countLiveOthers: () => Promise.resolve(0),
    overOfOthers: () => Promise.resolve([]),
    countOtherUsers: () => Promise.resolve(0),
  };
  const limitedSessions = new LimitedSessionReader(own, sessions, new Memberships(noRoles, nobody));
  limiter = userSessionLimits.create({ realms, clients, limitedSessions, clock }) as Authenticator<SessionLimitsConfig>;
});

/** A session at the client, last used that many minutes ago. */
function sessionUsed(minutesAgo: number): SessionWithClients {
  const times = { startedAt: clock.now() - 20 * MINUTE, lastAccess: clock.now() - minutesAgo * MINUTE };
  const origin = { username: 'alice', ipAddress: '127.0.0.1', userAgent: '', authMethod: 'openid-connect' };
  return {
    session: { ...owner, ...times, ...origin, id: 's', rememberMe: false, ownerVersion: 1, notes: {} },
    clients: [{ ...owner, ...times, sessionId: 's', clientId: client.id, scope: '', notes: {}, refresh: {} }],
  };
}

const answer = (): Promise<Outcome> => {
  const step: Step<SessionLimitsConfig> = {
    realmId: realm.id,
    clientId: client.id,
    execution: { kind: 'step', id: 'e', authenticator: userSessionLimits.id, requirement: 'REQUIRED' },
    config: ONE_PER_CLIENT,
    userId: owner.userId,
    userFixed: false,
    credentialTypes: [],
    storedTypes: () => Promise.resolve([]),
    parameters: {},
    notes: {},
    browserSession: undefined,
    remoteAddress: '127.0.0.1',
    channel: 'direct',
    succeededSubflows: [],
    siblings: [],
  };
  return limiter.start(step);
};

describe('the early answer of the limiter', () => {
  it('denies while the session at the client lives', async () => {
    open = [sessionUsed(4)];
    expect(await answer()).toMatchObject({ kind: 'refuse', code: 'session_limit_exceeded', status: 403 });
  });

  it("does not count a session whose part at the client is over by the client's own idle time", async () => {
    open = [sessionUsed(6)];
    expect(await answer()).toMatchObject({ kind: 'success', facts: [{ type: 'session-limit' }] });
  });
});
