/** Requirements of an execution. */
export type Requirement = 'REQUIRED' | 'ALTERNATIVE' | 'CONDITIONAL' | 'DISABLED';

/** How a flow talks to the person. */
export type Channel = 'browser' | 'direct';

/** AuthenticationFlowRepresentation, as far as lists need it. */
export interface Flow {
  readonly id: string;
  readonly alias: string;
  readonly description: string;
  readonly providerId: 'basic-flow' | 'form-flow' | 'client-flow';
  readonly topLevel: boolean;
  readonly builtIn: boolean;
}

/** AuthenticationExecutionInfoRepresentation: one row of a flow, depth first. */
export interface Execution {
  readonly id: string;
  readonly requirement: Requirement;
  readonly displayName: string;
  /** Name of the config. */
  readonly alias?: string;
  readonly description?: string;
  readonly requirementChoices: readonly Requirement[];
  readonly configurable: boolean;
  /** True for a sub-flow. */
  readonly authenticationFlow?: boolean;
  readonly providerId?: string;
  /** Id of its config. */
  readonly authenticationConfig?: string;
  /** Id of the sub-flow. */
  readonly flowId?: string;
  readonly level: number;
  readonly index: number;
  readonly priority: number;
}

/** What may be placed in a flow (`authenticator-providers?extended=true`). */
export interface Provider {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly kind?: 'step' | 'condition';
  readonly needsUser?: boolean;
  readonly requirementChoices?: readonly Requirement[];
  readonly configurable?: boolean;
  /** False for what is listed and not built: it stands aside. */
  readonly available?: boolean;
  readonly findsUser?: boolean;
  readonly proves?: 'credential' | 'session';
  readonly limitsSessions?: boolean;
}

/** ConfigPropertyRepresentation. */
export interface ConfigProperty {
  readonly name: string;
  readonly label: string;
  readonly helpText?: string;
  readonly type: 'String' | 'boolean' | 'List' | 'MultivaluedList' | 'MultivaluedString' | 'Role' | 'Text' | 'Password';
  readonly defaultValue?: unknown;
  readonly options?: readonly string[];
  readonly required?: boolean;
  readonly secret?: boolean;
}

export interface ConfigDescription {
  readonly name: string;
  readonly helpText: string;
  readonly properties: readonly ConfigProperty[];
}

/** AuthenticatorConfigRepresentation. */
export interface StepConfig {
  readonly id?: string;
  readonly alias: string;
  readonly config: Readonly<Record<string, string>>;
}

/** One thing that happens in a login. */
export interface Move {
  readonly executionId: string;
  readonly authenticator: string;
  readonly title?: string;
  readonly what:
    | 'success'
    | 'attempted'
    | 'challenge'
    | 'submit'
    | 'refuse'
    | 'error'
    | 'setup'
    | 'chosen'
    | 'true'
    | 'false'
    // A login that is played says these: that a condition holds or not, and that a mail is waited for.
    | 'holds'
    | 'does-not-hold'
    | 'wait';
}

export type ClaimId = 'can-finish' | 'authenticates' | 'limited' | 'no-dead-step' | 'user-in-time';

export interface Claim {
  readonly id: ClaimId;
  readonly verdict: 'holds' | 'fails' | 'unknown';
  readonly counterExample?: readonly Move[];
  /** Steps that the claim is about. */
  readonly executions?: readonly string[];
}

/** What became of an execution between two versions. */
export interface Change {
  readonly executionId: string;
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** By member: what it was and what it is. */
  readonly members?: Readonly<Record<string, readonly [from: string, to: string]>>;
}

export interface Proof {
  readonly hash: string;
  readonly channel: Channel;
  readonly verdict: string;
  readonly claims: readonly Claim[];
  readonly problems: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  /** Present while an older version runs. */
  readonly running?: {
    readonly verdict: string;
    readonly difference: readonly Change[];
    readonly heldBack: readonly { readonly field: string; readonly client?: string; readonly reason: string }[];
  };
}

/** A version of a flow. */
export interface Version {
  readonly version: number;
  readonly hash: string;
  /** Milliseconds. */
  readonly at: number;
  readonly editor?: { readonly id: string; readonly username: string };
  readonly running: boolean;
}

/** A binding on trial. */
export interface PendingBinding {
  readonly id: string;
  readonly field: string;
  readonly client?: string;
  readonly from?: string;
  readonly to?: string;
  /** Milliseconds. */
  readonly dueAt: number;
  readonly editor?: { readonly username: string };
}

/** The members of a realm that name flows. */
export const BINDING_FIELDS = [
  'browserFlow',
  'directGrantFlow',
  'resetCredentialsFlow',
  'registrationFlow',
  'clientAuthenticationFlow',
  'dockerAuthenticationFlow',
  'firstBrokerLoginFlow',
] as const;
export type BindingField = (typeof BINDING_FIELDS)[number];

/** RealmRepresentation, as far as flows need it. */
export type RealmBindings = Readonly<Partial<Record<BindingField, string>>>;

/** Doors for which a client may have a flow of its own. */
export type Door = 'browser' | 'direct_grant';

/** A way in, and whether caps hold there (`limits/proof`). */
export interface LimitedDoor {
  readonly door:
    Door | 'reset_credentials' | 'single_sign_on' | 'service_account' | 'offline_access' | 'action_link' | 'refresh';
  /** Client with a flow of its own. */
  readonly clientId?: string;
  readonly flow?: string;
  readonly limiters: readonly Limiter[];
  readonly verdict: 'capped' | 'uncapped' | 'dodged' | 'unknown' | 'opens_none';
  readonly sentence: string;
}

/** A session limiter of a flow: its caps, or what is wrong with them. */
export interface Limiter {
  readonly realmMax?: number;
  readonly clientMax?: number;
  readonly whenFull?: 'deny' | 'evict-oldest';
  readonly message?: string;
  readonly problem?: string;
}
