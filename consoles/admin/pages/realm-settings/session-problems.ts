import type { RealmRepresentation } from './realm-representation.js';
import type { SettingProblems } from './settings-fields.js';

/**
 * What makes no sense between the times of sessions: an idle time that the longest life cuts off, and a part of a session that outlives
 * it. Such values are taken by the server, and do not do what they say.
 */
export function sessionProblems(values: RealmRepresentation): SettingProblems {
  const {
    ssoSessionIdleTimeout: idle,
    ssoSessionMaxLifespan: max,
    clientSessionIdleTimeout: clientIdle,
    clientSessionMaxLifespan: clientMax,
    ssoSessionIdleTimeoutRememberMe,
    ssoSessionMaxLifespanRememberMe,
  } = values;
  const rememberedIdle = ssoSessionIdleTimeoutRememberMe || idle;
  const rememberedMax = ssoSessionMaxLifespanRememberMe || max;
  const isOfflineLimited = values.offlineSessionMaxLifespanEnabled;
  return {
    ...(idle > max && { ssoSessionIdleTimeout: 'idleBeyondMax' }),
    ...(rememberedIdle > rememberedMax && { ssoSessionIdleTimeoutRememberMe: 'idleBeyondMax' }),
    ...(clientIdle > Math.max(idle, rememberedIdle) && { clientSessionIdleTimeout: 'beyondSession' }),
    ...(clientMax > Math.max(max, rememberedMax) && { clientSessionMaxLifespan: 'beyondSession' }),
    ...(clientIdle > 0 && clientMax > 0 && clientIdle > clientMax && { clientSessionIdleTimeout: 'idleBeyondMax' }),
    ...(values.clientOfflineSessionIdleTimeout > values.offlineSessionIdleTimeout && {
      clientOfflineSessionIdleTimeout: 'beyondSession',
    }),
    ...(isOfflineLimited &&
      values.offlineSessionIdleTimeout > values.offlineSessionMaxLifespan && {
        offlineSessionIdleTimeout: 'idleBeyondMax',
      }),
    ...(isOfflineLimited &&
      values.clientOfflineSessionMaxLifespan > values.offlineSessionMaxLifespan && {
        clientOfflineSessionMaxLifespan: 'beyondSession',
      }),
    ...(values.accessCodeLifespanUserAction > values.accessCodeLifespanLogin && {
      accessCodeLifespanUserAction: 'actionBeyondLogin',
    }),
  };
}
