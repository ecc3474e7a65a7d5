import type { JsonObject } from '../shared/json.js';
import type { Credential } from '../realm/user.js';
import { present } from './present.js';

/** A credential without its secret half, which no door ever tells. */
export const toCredentialRepresentation = (credential: Credential): JsonObject =>
  present({
    id: credential.id,
    type: credential.type,
    userLabel: credential.userLabel,
    createdDate: credential.createdDate,
    credentialData: credential.data,
  });
