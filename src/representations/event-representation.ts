import type { AdminEvent } from '../events/admin-events.js';
import type { AuthEvent } from '../events/auth-events.js';
import type { JsonObject } from '../shared/json.js';
import { present } from './present.js';

/** EventRepresentation. */
export const toEventRepresentation = (event: AuthEvent): JsonObject =>
  present({
    id: event.id,
    time: event.time,
    type: event.type,
    realmId: event.realmId,
    clientId: event.clientId,
    userId: event.userId,
    sessionId: event.sessionId,
    ipAddress: event.ipAddress,
    error: event.error,
    details: event.details,
  });

/** AdminEventRepresentation. */
export const toAdminEventRepresentation = (event: AdminEvent): JsonObject =>
  present({
    id: event.id,
    time: event.time,
    realmId: event.realmId,
    authDetails: {
      realmId: event.authRealmId,
      clientId: event.authClientId,
      userId: event.authUserId,
      ...(event.ipAddress !== '' && { ipAddress: event.ipAddress }),
    },
    operationType: event.operationType,
    resourceType: event.resourceType,
    resourcePath: event.resourcePath,
    representation: event.representation,
  });
