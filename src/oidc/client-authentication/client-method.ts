import type { Client } from '../../realm/client.js';
import type { Realm } from '../../realm/realm.js';
import type { ClientRefusal } from './client-refusal.js';
import type { Presented } from './presented.js';

/** A client that wants to show who it is. */
export interface ClientAttempt {
  readonly realm: Realm;
  readonly client: Client;
  readonly presented: Presented;
  /** Address of this server, and issuer of the realm. */
  readonly from: { readonly base: string; readonly issuer: string };
}

/** One way for a confidential client to show who it is. */
export interface ClientMethod {
  /** Value of `clientAuthenticatorType`. */
  readonly id: string;
  /** Undefined when the client showed it. */
  check(attempt: ClientAttempt): Promise<ClientRefusal | undefined>;
}
