import type { Client } from '../realm/client.js';
import type { RealmSettings } from '../realm/realm.js';

/**
 * Seconds for which a token that is signed now may be of use at most, under the present settings: so long a key must verify after it
 * has signed for the last time.
 * @param clients of the realm, whose attributes may lengthen access tokens
 * @param internal whether the key signs the tokens that only this server reads: refresh tokens and links of mails
 * @returns Infinity where an offline token may be used again and again without end
 */
export function longestTokenLife(
  settings: RealmSettings,
  clients: readonly Pick<Client, 'attributes'>[],
  internal: boolean,
): number {
  const offlineLife = settings.offlineSessionMaxLifespanEnabled ? settings.offlineSessionMaxLifespan : Infinity;
  return Math.max(
    settings.accessTokenLifespan,
    settings.accessTokenLifespanForImplicitFlow,
    settings.ssoSessionMaxLifespan,
    settings.ssoSessionMaxLifespanRememberMe,
    ...clients.map(({ attributes }) => Number(attributes['access.token.lifespan'] ?? 0) || 0),
    ...(internal
      ? [settings.actionTokenGeneratedByAdminLifespan, settings.actionTokenGeneratedByUserLifespan, offlineLife]
      : []),
  );
}
