import type { SessionLimitPolicy } from '../sessions/session-limit-policy.js';

/** What the caps of flows do not cover, said wherever they are shown (docs/security.md, "Known limits"). */
export function limitsNotCovered(policies: readonly SessionLimitPolicy[]): readonly string[] {
  const some = (has: (policy: SessionLimitPolicy) => boolean): boolean => policies.some(has);
  const capsClients = policies.filter(({ clientMax, groupLimits = [] }) =>
    [clientMax, ...groupLimits.map((limit) => limit.clientMax ?? 0)].some((limit) => limit > 0),
  );
  const sentences: readonly (readonly [boolean, string])[] = [
    [
      policies.length === 0 || some(({ countOffline }) => !countOffline),
      'Sessions of offline tokens are not counted, but by a limiter with countOffline.',
    ],
    [true, 'An access token that was issued stays valid by its signature until it expires.'],
    [
      policies.length === 0 || capsClients.some(({ ssoLogins }) => !ssoLogins),
      'A client cap does not hold for a second application that joins a session by single sign-on past the forms, but with ssoLogins.',
    ],
    [
      some(({ groupLimits }) => groupLimits !== undefined),
      'Limits of roles and groups are those at the login: who joins or leaves one later keeps the sessions there are. A role or group that does not exist fits nobody.',
    ],
    [
      some(({ idleAfter }) => idleAfter !== undefined),
      'A session that idleAfter would end lives on until the next login of its user, and counts as used when it is used before. Offline sessions are not ended by it.',
    ],
    [
      some(({ clientSeats }) => clientSeats !== undefined),
      'Seats are people, not sessions, and are counted where a flow with clientSeats lets somebody in: a door of the same client whose flow has none takes no notice of them.',
    ],
    [
      some(({ countOffline }) => countOffline === true),
      'An offline session counts together with the session it came of; with the same offline token any number of programs can work.',
    ],
  ];
  return sentences.filter(([holds]) => holds).map(([, sentence]) => sentence);
}
