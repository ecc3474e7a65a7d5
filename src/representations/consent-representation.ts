import type { UserConsent } from '../realm/user-consent.js';
import type { JsonObject } from '../shared/json.js';

/** An application that a user allowed something, or that holds offline tokens. */
export interface AllowedClient {
  readonly client: { readonly id: string; readonly clientId: string };
  /** Absent for one that has offline tokens without having asked. */
  readonly consent?: UserConsent;
  /** Names of the scopes that the user allowed. */
  readonly scopes: readonly string[];
  readonly offline: boolean;
}

/** As Keycloak writes it: offline tokens are an additional grant; dates are null where nobody was asked. */
export const toConsentRepresentation = ({ client, consent, scopes, offline }: AllowedClient): JsonObject => ({
  clientId: client.clientId,
  grantedClientScopes: [...scopes],
  createdDate: consent?.createdAt ?? null,
  lastUpdatedDate: consent?.updatedAt ?? null,
  additionalGrants: offline ? [{ client: client.id, key: 'Offline Token' }] : [],
});
