import type { Json } from '../shared/json.js';
import type { Requirement, SubflowExecution, StepExecution } from './flow-definition.js';
import type { Outcome, StepError } from './outcome.js';

/** Fields of a posted form, each the last value sent. Only ever in memory: never stored, never logged. */
export type FormInput = Readonly<Record<string, string | undefined>>;

/**
 * What a step may know of the login it takes part in. The step cannot change it, only answer.
 * Parameters of the request are the OIDC ones (`login_hint`, `prompt`, `scope`, ...).
 */
export interface Step<C = object> {
  readonly realmId: string;
  /** Internal id of the client (not its `clientId`). */
  readonly clientId: string;
  readonly execution: StepExecution;
  /** The validated config, or undefined when the execution has none. */
  readonly config: C | undefined;
  /** The user known so far. */
  readonly userId: string | undefined;
  /** True when an earlier login of this browser (single sign-on) fixed the user before this flow began, so that only proof is missing. */
  readonly userFixed: boolean;
  /** Credential types proved so far in this login, in order. */
  readonly credentialTypes: readonly string[];
  /** Types of the credentials that are stored for the user known so far, in the user's own order; none while nobody is known. */
  readonly storedTypes: () => Promise<readonly string[]>;
  readonly parameters: Readonly<Record<string, string>>;
  /** Notes of this login, by name; small JSON, no secrets. */
  readonly notes: Readonly<Record<string, Json>>;
  /** Valid single sign-on session of this browser, when there is one. */
  readonly browserSession: BrowserSession | undefined;
  readonly remoteAddress: string;
  /** `browser`: a person sees pages; `direct`: one request with everything in it, a page cannot be shown. */
  readonly channel: 'browser' | 'direct';
  /** False when nothing but the proof is asked for: no session follows, and caps on sessions have nothing to say. Absent means yes. */
  readonly opensSession?: false;
  /** Where the login stands, for links that lead back to it; absent on the direct channel. */
  readonly place?: LoginPlace | undefined;
  /** Names of sub-flows (aliases) that succeeded so far in this login. */
  readonly succeededSubflows: readonly string[];
  /** The other enabled elements of its own flow, without the conditions (for `conditional-user-configured`). */
  readonly siblings: readonly (StepExecution | SubflowExecution)[];
}

/** Where a login stands, for links in mails. */
export interface LoginPlace {
  /** Address of this server; absent when the request's word for it cannot be trusted. */
  readonly linkBase: string | undefined;
  /** Names the login; grants nothing. */
  readonly loginId: string;
  /** Language in which the person reads. */
  readonly locale: string;
}

/** The single sign-on session of a browser at the time the login began. */
export interface BrowserSession {
  readonly sessionId: string;
  readonly userId: string;
  /** Seconds since the epoch at which the user last authenticated in it. */
  readonly authTime: number;
  /** True when the request demands a new proof (`prompt=login`, `max_age` passed). */
  readonly mustReauthenticate: boolean;
}

/** An authenticator: asked once to start, and again for every form posted to it. */
export interface Authenticator<C = object> {
  start(step: Step<C>): Promise<Outcome>;
  /** Absent for steps that never show a page. */
  submit?(step: Step<C>, input: FormInput): Promise<Outcome>;
  /** What `start` would answer, found out without changing or telling anything. Absent: see `startOnlyReads`. */
  preview?(step: Step<C>): Promise<Outcome>;
  /**
   * True when the user has what this step needs. Absent means yes.
   * @param stored types of the user's stored credentials
   */
  configuredFor?(stored: readonly string[]): boolean;
}

/** A condition of a CONDITIONAL sub-flow. It answers yes or no, or that it cannot tell: an error like that of a step. */
export interface Condition<C = object> {
  holds(step: Step<C>): Promise<boolean | StepError>;
}

/** One setting of a step, as `GET config-description/{id}` lists it. */
export interface ConfigProperty {
  readonly name: string;
  readonly label: string;
  readonly helpText?: string;
  readonly type:
    'String' | 'Integer' | 'boolean' | 'List' | 'MultivaluedList' | 'MultivaluedString' | 'Role' | 'Text' | 'Password';
  readonly defaultValue?: Json;
  readonly options?: readonly string[];
  readonly required?: boolean;
  readonly secret?: boolean;
}

/** A value in a step's config that cannot be used. */
export interface ConfigProblem {
  readonly field: string;
  readonly message: string;
}

/** Reads and checks the text values of a config. */
export interface ConfigReader<C> {
  readonly properties: readonly ConfigProperty[];
  /** Settings that the reference does not have; descriptions leave them out unless they are asked for. */
  readonly extended?: readonly ConfigProperty[];
  /** Problems that refuse a save: values that can never work. */
  check(values: Readonly<Record<string, string>>): readonly ConfigProblem[];
  /** The typed config. Never throws: what `check` would refuse reads as "not usable" in the type itself. */
  read(values: Readonly<Record<string, string>>): C;
}

/** Kinds of answers a step can give. */
export type AnswerKind = Outcome['kind'];

/**
 * What a step can bring about. The proofs of a flow rest on it, so the runner holds steps to it: an answer that is not listed is a
 * defect.
 */
export interface StepAbilities {
  /** Answers to being asked first. */
  readonly atOnce: readonly AnswerKind[];
  /** Answers to a posted form, where it has a page. */
  readonly onSubmit?: readonly AnswerKind[];
  /** The only channel on which it can succeed, where there is one: it reads what a token request carries. */
  readonly channel?: 'direct';
  /** A success names a user. */
  readonly findsUser?: true;
  /** A success shows who somebody is: by a credential, or by a session of this browser, which a login then renews. */
  readonly proves?: 'credential' | 'session';
  /** It holds the number of sessions down, once a user is known; without a config it refuses every login. */
  readonly limitsSessions?: true;
}

/**
 * Describes an authenticator to the engine, to the checks and to the Admin API. `P` are the ports it needs.
 * One per folder of `authenticators/`, listed in `authenticators/index.ts`.
 */
export interface AuthenticatorDescriptor<P, C = object> {
  /** Keycloak's provider id. */
  readonly id: string;
  /** Keycloak's display name. */
  readonly title: string;
  /** Our own words. */
  readonly help: string;
  readonly kind: 'step' | 'condition';
  /** True when the step cannot start before the user is known. */
  readonly needsUser: boolean;
  /** Advice for consoles (`requirementChoices`), in the reference's order. */
  readonly requirements: readonly Requirement[];
  /** Type of the credential it checks (`password`, `otp`): makes it an option of "try another way" ordered by the user. */
  readonly credentialType?: string;
  /** Required action that sets up what the step needs, when a user may do so during a login. */
  readonly setupAction?: string;
  /** Present when the execution can be configured. */
  readonly config?: ConfigReader<C>;
  /** Names the options of "try another way" (message keys `<id>` in `http/messages`). Absent: not offered. */
  readonly selectable?: boolean;
  /** Of every step that is built; conditions have none. */
  readonly abilities?: StepAbilities;
  /** Being asked first changes nothing and tells nobody, so that a rehearsal may ask it; forms are never posted there. */
  readonly startOnlyReads?: true;
  /** Type of the credential that a success proves, where the step is no option of "try another way" by it. */
  readonly provesType?: string;
  /** Required actions that an answered form asks for. */
  readonly schedules?: readonly string[];
  /** False for a provider that is listed but not built yet: it answers "attempted", and the checks warn. */
  readonly available?: false;
  create(ports: P): Authenticator<C> | Condition<C>;
}
