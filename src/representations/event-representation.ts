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
