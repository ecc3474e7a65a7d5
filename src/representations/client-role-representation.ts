import type { ClientRole } from '../realm/role.js';
import type { JsonObject } from '../shared/json.js';
import { present } from './present.js';

/** A role of a client as lists for consoles show it; `clientId` is the internal id there. */
export const toClientRoleRepresentation = ({ id, name, client, clientId, description }: ClientRole): JsonObject =>
  present({ id, role: name, client, clientId, description });
