import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleClient, sampleRealm } from '../../test/support/fakes/sample-realm.js';
import { sampleClientSession, sampleSession } from '../../test/contract/samples.js';
import type { Client } from '../realm/client.js';
import type { Realm, RealmSettings } from '../realm/realm.js';
import { withClientMarks, withSessionMarks } from './lifetime-changes.js';
import { GRACE_ATTRIBUTE } from './lifetime-spans.js';
import { sessionCutoffs } from './session-cutoffs.js';
import { clientSessionLifetime, isLive, userSessionLifetime } from './session-lifetime.js';
import type { UserSession } from './user-session.js';

const MINUTE = 60_000;
const began = (changes: Partial<UserSession> = {}): UserSession => ({
  ...sampleSession('realm-1', 'user-1'),
  startedAt: 0,
  lastAccess: 0,
  ...changes,
});
const change = (realm: Realm, now: number, settings: Partial<RealmSettings>): Realm =>
  withSessionMarks(realm, { ...realm, settings: { ...realm.settings, ...settings } }, now);

describe('a change of lifetimes', () => {
  it('that lengthens them leaves what was over as it was, with the time and setting that ended it', () => {
    const realm = sampleRealm({ ssoSessionIdleTimeout: 600 });
    const longer = change(realm, 11 * MINUTE, { ssoSessionIdleTimeout: 3600 });
    expect(userSessionLifetime(began(), longer)).toEqual({
      expiresAt: 10 * MINUTE,
      cause: 'idle',
      setting: 'ssoSessionIdleTimeout',
    });
    expect(userSessionLifetime(began({ lastAccess: 2 * MINUTE }), longer).expiresAt).toBe(62 * MINUTE);
  });

  it('that turns "remember me" off and on again brings nothing back', () => {
    const off = change(sampleRealm({ rememberMe: true }), MINUTE, { rememberMe: false });
    const on = change(off, 2 * MINUTE, { rememberMe: true });
    expect(userSessionLifetime(began({ rememberMe: true }), on)).toMatchObject({
      expiresAt: 0,
      cause: 'realm_policy',
      setting: 'rememberMe',
    });
    const later = began({ rememberMe: true, startedAt: 3 * MINUTE, lastAccess: 3 * MINUTE });
    expect(isLive(userSessionLifetime(later, on), 4 * MINUTE)).toBe(true);
  });

  it('of one client leaves its parts that were over, and touches no other client', () => {
    const realm = sampleRealm();
    const short = sampleClient({ attributes: { 'client.session.idle.timeout': '60' } });
    const longer = withClientMarks(short, { ...short, attributes: {} }, realm, 2 * MINUTE);
    const session = began();
    const part = { ...sampleClientSession(session, short.id), startedAt: 0, lastAccess: 0 };
    expect(clientSessionLifetime(part, session, longer, realm).expiresAt).toBe(MINUTE);
    expect(isLive(clientSessionLifetime(part, session, sampleClient(), realm), 2 * MINUTE)).toBe(true);
  });

  it('that concerns no lifetime leaves no mark', () => {
    expect(change(sampleRealm(), MINUTE, { displayName: 'Acme' })).not.toHaveProperty('sessionMarks');
  });
});

/** What may happen between two looks at a session. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('use' as const) }),
  fc.record({
    kind: fc.constant('change' as const),
    settings: fc.record(
      {
        ssoSessionIdleTimeout: fc.integer({ min: 0, max: 3600 }),
        ssoSessionMaxLifespan: fc.integer({ min: 0, max: 9000 }),
        ssoSessionIdleTimeoutRememberMe: fc.integer({ min: 0, max: 7200 }),
        ssoSessionMaxLifespanRememberMe: fc.integer({ min: 0, max: 9000 }),
        offlineSessionIdleTimeout: fc.integer({ min: 0, max: 7200 }),
        offlineSessionMaxLifespanEnabled: fc.boolean(),
        offlineSessionMaxLifespan: fc.integer({ min: 0, max: 9000 }),
        clientSessionIdleTimeout: fc.integer({ min: 0, max: 3600 }),
        clientSessionMaxLifespan: fc.integer({ min: 0, max: 9000 }),
        rememberMe: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ kind: fc.constant('grace' as const), seconds: fc.integer({ min: 0, max: 600 }) }),
  fc.record({ kind: fc.constant('client' as const), idle: fc.integer({ min: 0, max: 3600 }) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

interface Scene {
  readonly now: number;
  readonly realm: Realm;
  readonly client: Client;
  readonly session: UserSession;
}

function after(scene: Scene, event: Happening): Scene {
  const { now, realm, client, session } = scene;
  switch (event.kind) {
    case 'wait':
      return { ...scene, now: now + event.minutes * MINUTE };
    case 'use':
      return isLive(userSessionLifetime(session, realm), now)
        ? { ...scene, session: { ...session, lastAccess: now } }
        : scene;
    case 'change':
      return { ...scene, realm: change(realm, now, event.settings) };
    case 'grace': {
      const attributes = { [GRACE_ATTRIBUTE]: String(event.seconds) };
      return { ...scene, realm: withSessionMarks(realm, { ...realm, attributes }, now) };
    }
    case 'client': {
      const attributes = { 'client.session.idle.timeout': String(event.idle) };
      return { ...scene, client: withClientMarks(client, { ...client, attributes }, realm, now) };
    }
  }
}

describe('whatever is waited, used and changed, in any order', () => {
  const kinds = fc.record({ offline: fc.boolean(), rememberMe: fc.boolean() });
  const story = fc.array(happening, { maxLength: 30 });
  const begin = (kind: Partial<UserSession>): Scene => ({
    now: 0,
    realm: sampleRealm({ rememberMe: true }),
    client: sampleClient(),
    session: began(kind),
  });

  it('a session that was over once is over for ever', () => {
    fc.assert(
      fc.property(kinds, story, (kind, events) => {
        let scene = begin(kind);
        let wasOver = false;
        for (const event of events) {
          scene = after(scene, event);
          const live = isLive(userSessionLifetime(scene.session, scene.realm), scene.now);
          if (wasOver) expect(live).toBe(false);
          wasOver ||= !live;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("a client's part that was over once is over for ever", () => {
    fc.assert(
      fc.property(
        kinds,
        story.map((events) => events.filter(({ kind }) => kind !== 'grace')),
        (kind, events) => {
          let scene = begin(kind);
          let wasOver = false;
          const part = { ...sampleClientSession(scene.session, scene.client.id), startedAt: 0, lastAccess: 0 };
          for (const event of events) {
            scene = after(scene, event);
            const live = isLive(clientSessionLifetime(part, scene.session, scene.client, scene.realm), scene.now);
            if (wasOver) expect(live).toBe(false);
            wasOver ||= !live;
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('the database is told the same as the lifetime says', () => {
    fc.assert(
      fc.property(kinds, story, (kind, events) => {
        const { realm, session, now } = events.reduce(after, begin(kind));
        const cutoff = sessionCutoffs(realm, now).find(
          ({ offline, rememberMe }) => offline === session.offline && rememberMe === session.rememberMe,
        );
        const over =
          session.lastAccess <= (cutoff?.lastUsedUpTo ?? NaN) || session.startedAt <= (cutoff?.startedUpTo ?? NaN);
        expect(over).toBe(!isLive(userSessionLifetime(session, realm), now));
      }),
      { numRuns: 1000 },
    );
  });
});
