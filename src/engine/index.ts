export type {
  Authenticator,
  AuthenticatorDescriptor,
  BrowserSession,
  Condition,
  ConfigProblem,
  ConfigProperty,
  ConfigReader,
  FormInput,
  LoginPlace,
  Step,
  StepAbilities,
} from './authenticator.js';
export { AuthenticatorRegistry } from './authenticator-registry.js';
export type { RegisteredAuthenticator } from './authenticator-registry.js';
export { COMPILER_VERSION, hashDefinition } from './definition-hash.js';
export { checkFlow } from './flow-checks.js';
export { compileFlow } from './flow-compiler.js';
export type { CompiledFlow } from './flow-compiler.js';
export { FLOW_KINDS, REQUIREMENTS, SUBFLOW_REQUIREMENTS } from './flow-definition.js';
export type {
  Execution,
  FlowDefinition,
  FlowKind,
  FlowProblem,
  Requirement,
  StepConfig,
  StepExecution,
  SubflowExecution,
} from './flow-definition.js';
export type { ExecutionStatus, FlowContext, RecordedError } from './flow-context.js';
export type { FlowEvent, FlowMachine, FlowSnapshot } from './flow-machine.js';
export type { FlowPlan, LeafNode, LevelNode } from './flow-plan.js';
export { CLAIMS, proveFlow, proveJoins } from './flow-proof.js';
export type { Claim, ClaimId, FlowProof, JoinProof } from './flow-proof.js';
export type { Move } from './flow-exploration.js';
export { FlowRunner } from './flow-runner.js';
export type { Attempt, InitialKnowledge, RunEnvironment, RunResult, UserFacts } from './flow-runner-types.js';
export type { FlowState, Knowledge, SelectionOption } from './flow-state.js';
export { reasonOf } from './outcome-reason.js';
export { StepObserver } from './step-observer.js';
export { Rehearsal } from './rehearsal.js';
export type { Rehearsed, RehearsedPage, ScriptedAnswer } from './rehearsal.js';
export type { RehearsedAnswer, RehearsedMove } from './rehearsed-steps.js';
export { FAILURE_CODES } from './outcome.js';
export type { ChallengeView, EventDetails, Fact, FailureCode, Message, Outcome, StepError } from './outcome.js';
