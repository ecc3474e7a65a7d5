import type { Delivery } from '../deliveries/delivery.js';
import type { JsonObject } from '../shared/json.js';
import { present } from './present.js';

/** A delivery that waits or was given up (ours). What it says is not shown: the events are there for that. @param clientId of the receiver */
export const toDeliveryRepresentation = (delivery: Delivery, clientId: string | undefined): JsonObject =>
  present({
    id: delivery.id,
    kind: delivery.kind,
    receiver: clientId ?? delivery.receiver,
    state: delivery.failedAt === undefined ? 'pending' : 'failed',
    created: delivery.createdAt,
    attempts: delivery.attempts,
    nextAttempt: delivery.failedAt === undefined ? delivery.dueAt : undefined,
    failed: delivery.failedAt,
    lastError: delivery.lastError,
  });
