import type { JsonObject } from '../shared/json.js';
import type { ProtocolMapper } from './client-scope.js';
import type { MarksByKind } from './lifetime-marks.js';

/** An application that asks for logins or tokens. Member names are those of Keycloak's ClientRepresentation. */
export interface Client {
  /** Internal id (UUID). */
  readonly id: string;
  readonly realmId: string;
  /** Public name, unique in the realm. */
  readonly clientId: string;
  readonly name?: string;
  readonly description?: string;
  readonly rootUrl?: string;
  readonly adminUrl?: string;
  readonly baseUrl?: string;
  readonly enabled: boolean;
  readonly alwaysDisplayInConsole: boolean;
  readonly surrogateAuthRequired: boolean;
  readonly clientAuthenticatorType: string;
  /** Sealed (see Sealer) with the client's internal id as context; confidential clients only. */
  readonly sealedSecret?: string;
  readonly redirectUris: readonly string[];
  readonly webOrigins: readonly string[];
  /** Tokens of this client issued before this second are not accepted. */
  readonly notBefore: number;
  readonly bearerOnly: boolean;
  readonly consentRequired: boolean;
  readonly standardFlowEnabled: boolean;
  readonly implicitFlowEnabled: boolean;
  readonly directAccessGrantsEnabled: boolean;
  readonly serviceAccountsEnabled: boolean;
  readonly publicClient: boolean;
  readonly frontchannelLogout: boolean;
  readonly protocol: string;
  readonly fullScopeAllowed: boolean;
  readonly nodeReRegistrationTimeout: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** Flow ids by binding key (`browser`, `direct_grant`); absent = the realm's. Keys that no login asks for are kept. */
  readonly flowOverrides: Readonly<Record<string, string>>;
  readonly protocolMappers: readonly ProtocolMapper[];
  /** Ids of client scopes. */
  readonly defaultClientScopes: readonly string[];
  readonly optionalClientScopes: readonly string[];
  /** Ids of roles that tokens of this client may carry when `fullScopeAllowed` is off. */
  readonly scopeMappings: readonly string[];
  /** What of its parts of sessions was over when its own lifetimes were changed; see `lifetime-marks.ts`. */
  readonly sessionMarks?: MarksByKind;
  /** Id of the one token by which the application may change its own registration; the others are over. */
  readonly registrationTokenId?: string;
  /** Members kept as they came: those that change nothing yet, and `registeredNodes` (see `registered-nodes.ts`). */
  readonly extra: JsonObject;
}

export interface ClientQuery {
  /** Exact clientId, or a part of it with `search`. */
  readonly clientId?: string;
  readonly search?: boolean;
  /** Attributes that all must have these values. Counts in place of `clientId`. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly first?: number;
  readonly max?: number;
}

/** Clients of a realm. `id` is the internal id, `clientId` the public one; both are compared exactly. */
export abstract class ClientStore {
  /** By internal id. */
  abstract byId(realmId: string, id: string): Promise<Client | undefined>;
  /** As `byId`, to change it: until the running unit of work ends nobody else does, so nobody's change is lost. */
  abstract byIdForChange(realmId: string, id: string): Promise<Client | undefined>;
  /** By public id. */
  abstract byClientId(realmId: string, clientId: string): Promise<Client | undefined>;
  /** Those of the internal ids that exist, by clientId. */
  abstract byIds(realmId: string, ids: readonly string[]): Promise<readonly Client[]>;
  /** Ordered by clientId. */
  abstract list(realmId: string, query: ClientQuery): Promise<readonly Client[]>;
  /** Clients whose overrides name this flow. */
  abstract usingFlow(realmId: string, flowId: string): Promise<readonly Client[]>;
  /** Clients that have a flow of their own in place of one of the realm's, by `clientId`. */
  abstract withOwnFlows(realmId: string): Promise<readonly Client[]>;
  /** @throws ConflictError `client_exists` */
  abstract insert(client: Client): Promise<void>;
  /** @throws ConflictError `client_exists` */
  abstract update(client: Client): Promise<void>;
  /** Deletes the client with its roles, their mappings and its client sessions. False when it was not there. */
  abstract delete(realmId: string, id: string): Promise<boolean>;
}
