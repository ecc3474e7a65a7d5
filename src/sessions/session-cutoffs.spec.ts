import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleClient, sampleRealm } from '../../test/support/fakes/sample-realm.js';
import { clientCutoffs } from './session-cutoffs.js';
import { clientSessionLifetime, isLive, userSessionLifetime } from './session-lifetime.js';
import type { ClientSession, UserSession } from './user-session.js';

const NOW = 100_000_000;
const time = fc.integer({ min: NOW - 4_000_000, max: NOW });
const seconds = fc.integer({ min: 0, max: 4000 });
const mark = fc.record({ upTo: time, seconds, setting: fc.constant('ssoSessionIdleTimeout') });
const marks = fc.record({ idle: mark, max: mark }, { requiredKeys: [] });
const marksOfKinds = fc.record({ online: marks, remembered: marks, offline: marks }, { requiredKeys: [] });

it('the cutoffs of a client say of every session what its lifetimes say', () => {
  fc.assert(
    fc.property(
      fc.record({
        settings: fc.record({
          rememberMe: fc.boolean(),
          ssoSessionIdleTimeout: seconds,
          ssoSessionMaxLifespan: seconds,
          ssoSessionIdleTimeoutRememberMe: seconds,
          clientSessionIdleTimeout: seconds,
          clientSessionMaxLifespan: seconds,
        }),
        grace: fc.constantFrom('0', '120'),
        attributes: fc.record({ 'client.session.idle.timeout': seconds.map(String) }, { requiredKeys: [] }),
        ofRealm: marksOfKinds,
        ofClients: marksOfKinds,
        ofClient: marksOfKinds,
        offline: fc.boolean(),
        rememberMe: fc.boolean(),
        times: fc.tuple(time, time, time, time),
      }),
      ({ settings, grace, attributes, ofRealm, ofClients, ofClient, offline, rememberMe, times }) => {
        // A mark was written when what it names was over already.
        const past = <T extends { upTo: number; seconds: number }>(one: T | undefined): T | undefined =>
          one && { ...one, seconds: Math.min(one.seconds, Math.floor((NOW - one.upTo) / 1000)) };
        const inPast = (kinds: typeof ofRealm) =>
          Object.fromEntries(
            Object.entries(kinds).map(([kind, { idle, max }]) => [
              kind,
              { ...(idle && { idle: past(idle) }), ...(max && { max: past(max) }) },
            ]),
          );
        const sample = sampleRealm();
        const realm = {
          ...sample,
          attributes: { ...sample.attributes, 'session.idle.grace': grace },
          settings: { ...sample.settings, ...settings },
          sessionMarks: inPast(ofRealm),
          clientSessionMarks: inPast(ofClients),
        } as typeof sample;
        const client = { ...sampleClient(), attributes, sessionMarks: inPast(ofClient) } as ReturnType<
          typeof sampleClient
        >;
        const [startedAt, lastAccess, partStartedAt, partLastAccess] = times;
        const session = { offline, rememberMe, startedAt, lastAccess } as UserSession;
        const part = { offline, startedAt: partStartedAt, lastAccess: partLastAccess } as ClientSession;
        const isOver =
          !isLive(userSessionLifetime(session, realm), NOW) ||
          !isLive(clientSessionLifetime(part, session, client, realm), NOW);
        const cutoff = clientCutoffs(realm, client, NOW).find(
          (one) => one.offline === offline && one.rememberMe === rememberMe,
        )!;
        expect(
          lastAccess <= cutoff.lastUsedUpTo ||
            startedAt <= cutoff.startedUpTo ||
            partLastAccess <= cutoff.partLastUsedUpTo ||
            partStartedAt <= cutoff.partStartedUpTo,
        ).toBe(isOver);
      },
    ),
  );
});
