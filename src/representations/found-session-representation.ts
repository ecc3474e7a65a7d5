import type { Realm } from '../realm/realm.js';
import { deviceOf } from '../sessions/device.js';
import { userSessionLifetime } from '../sessions/session-lifetime.js';
import type { SessionWithClients } from '../sessions/user-session.js';
import type { JsonObject } from '../shared/json.js';
import { toUserSessionRepresentation } from './user-session-representation.js';

/**
 * A live session as the search lists it (ours): what Keycloak says of one, the device, and when it ends if nothing more happens, with what
 * decides that. `expires` is in milliseconds; `expirySetting` is a member of the realm.
 * @param clientIdOf public clientId by internal id
 */
export function toFoundSessionRepresentation(
  found: SessionWithClients,
  realm: Realm,
  clientIdOf: (clientId: string) => string | undefined,
): JsonObject {
  const { session } = found;
  const { device, browser, os, osVersion, mobile } = deviceOf(session.userAgent);
  const { expiresAt, cause, setting } = userSessionLifetime(session, realm);
  return {
    ...toUserSessionRepresentation(found, clientIdOf),
    offline: session.offline,
    device: { device, browser, os, osVersion, mobile },
    expires: expiresAt,
    expiryCause: cause,
    expirySetting: setting,
  };
}
