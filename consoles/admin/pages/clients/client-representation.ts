/** The members of a client that the console knows (Admin API reference 5.2). */
export interface Client {
  readonly id: string;
  readonly clientId: string;
  readonly name?: string;
  readonly description?: string;
  readonly rootUrl?: string;
  readonly adminUrl?: string;
  readonly baseUrl?: string;
  readonly enabled: boolean;
  readonly alwaysDisplayInConsole: boolean;
  readonly clientAuthenticatorType: string;
  readonly redirectUris: readonly string[];
  readonly webOrigins: readonly string[];
  /** Seconds; tokens issued before are not taken. Zero for none. */
  readonly notBefore: number;
  readonly bearerOnly: boolean;
  readonly consentRequired: boolean;
  readonly standardFlowEnabled: boolean;
  readonly implicitFlowEnabled: boolean;
  readonly directAccessGrantsEnabled: boolean;
  readonly serviceAccountsEnabled: boolean;
  readonly publicClient: boolean;
  readonly frontchannelLogout: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Ids of flows by door: `browser`, `direct_grant`. */
  readonly authenticationFlowBindingOverrides?: Readonly<Record<string, string>>;
  readonly fullScopeAllowed: boolean;
  /** When each node was registered, in seconds, by its name. */
  readonly registeredNodes?: Readonly<Record<string, number>>;
  readonly defaultClientScopes: readonly string[];
  readonly optionalClientScopes: readonly string[];
}

/** What kind of application it is, in a word. */
export type ClientKind = 'public' | 'confidential' | 'bearerOnly';

export const kindOf = ({ publicClient, bearerOnly }: Client): ClientKind =>
  bearerOnly ? 'bearerOnly' : publicClient ? 'public' : 'confidential';

/** Members to change: those that are left out keep their value, so that two people can change different ones. */
export type ClientChanges = Partial<Omit<Client, 'id' | 'attributes' | 'authenticationFlowBindingOverrides'>> & {
  /** An empty text removes an attribute. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** An empty text removes an override. */
  readonly authenticationFlowBindingOverrides?: Readonly<Record<string, string>>;
};
