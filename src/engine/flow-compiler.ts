import type { AuthenticatorRegistry } from './authenticator-registry.js';
import { hashDefinition } from './definition-hash.js';
import type { FlowDefinition } from './flow-definition.js';
import { NO_MARKS } from './flow-context.js';
import { flowVocabulary, movesOf } from './flow-machine.js';
import type { FlowMachine, Moves } from './flow-machine.js';
import { planFlow } from './flow-plan.js';
import type { FlowPlan, LeafNode, LevelNode } from './flow-plan.js';
import { isCondition } from './provider-kind.js';
import { possibleCandidates } from './selection-list.js';

type Vocabulary = ReturnType<typeof flowVocabulary>;
type MachineConfig = Parameters<Vocabulary['createMachine']>[0];
type StateConfig = NonNullable<MachineConfig['states']>[string];
type Transitions = NonNullable<StateConfig['on']>;

/** A flow ready to run. Immutable; cache it by `hash`. */
export interface CompiledFlow extends FlowPlan, Moves {
  /** Identity of definition and compiler; a login is pinned to it. */
  readonly hash: string;
  readonly definition: FlowDefinition;
  readonly machine: FlowMachine;
}

/**
 * Compiles a flow into a machine. Each level has a decision state `next` whose guarded eventless transitions ask
 * `requirement-rules.ts`; each step has `ask`, `wait` (its page is shown) and `answer` (a form was posted); each condition
 * has `ask` only. Ends: `passed`, `failed`, `refused`.
 *
 * @throws InvalidInputError `duplicate_execution_id`. Everything else that is wrong with a flow compiles, and is for
 * `checkFlow` to say.
 */
export function compileFlow(definition: FlowDefinition, registry: Pick<AuthenticatorRegistry, 'find'>): CompiledFlow {
  const plan = planFlow(definition, isCondition(registry));
  const levels = new Map([plan.top, ...plan.subflows.values()].map((level) => [level.key, level]));
  const config: MachineConfig = {
    id: plan.top.key,
    context: { statuses: {}, walk: NO_MARKS, errors: [] },
    initial: 'next',
    on: { REFRESH: { target: nextOf(plan.top), actions: 'endWalk' } },
    meta: { flow: definition.alias },
    states: {
      ...levelStates(plan.top),
      passed: { type: 'final' },
      failed: { type: 'final' },
      refused: { type: 'final' },
    },
  };
  const machine: FlowMachine = flowVocabulary(levels).createMachine(config);
  return { ...plan, hash: hashDefinition(definition), definition, machine, ...movesOf(machine) };
}

const nextOf = (level: LevelNode): string => `#${level.key}.next`;

function levelStates(level: LevelNode): Record<string, StateConfig> {
  const states: Record<string, StateConfig> = { next: decisionState(level) };
  level.conditions.forEach((condition, index) => {
    states[condition.key] = conditionState(condition, level.conditions[index + 1]);
  });
  for (const element of level.elements) {
    states[element.key] = element.kind === 'leaf' ? stepState(element) : subflowState(element);
  }
  return states;
}

function subflowState(level: LevelNode): StateConfig {
  return {
    id: level.key,
    initial: level.conditions[0]?.key ?? 'next',
    meta: { flow: level.flow.alias, executionId: level.execution?.id },
    states: levelStates(level),
  };
}

/** Where a level decides: one guarded way per element, then the two ways out. */
function decisionState(level: LevelNode): StateConfig {
  const { key, execution, parent } = level;
  const elements = level.elements.map((element) => ({
    guard: { type: 'runs', params: { level: key, executionId: idOf(element) } } as const,
    target: `#${element.key}`,
  }));
  const succeeds = { type: 'succeeds', params: { level: key } } as const;
  if (execution === undefined || parent === undefined) {
    return { always: [...elements, { guard: succeeds, target: '#flow.passed' }, { target: '#flow.failed' }] };
  }
  const executionId = execution.id;
  return {
    always: [
      ...elements,
      {
        guard: succeeds,
        target: nextOf(parent),
        actions: { type: 'setStatus', params: { executionId, status: 'SUCCESS' } },
      },
      { target: nextOf(parent), actions: { type: 'fail', params: { executionId } } },
    ],
  };
}

/** The first false condition skips its sub-flow for this walk; the last true one opens it (a logical AND). */
function conditionState(leaf: LeafNode, following: LeafNode | undefined): StateConfig {
  const { parent } = leaf;
  if (parent.execution === undefined || parent.parent === undefined) throw new Error('A condition needs a sub-flow');
  return {
    id: leaf.key,
    initial: 'ask',
    meta: metaOf(leaf),
    states: {
      ask: {
        on: {
          TRUE: { target: following === undefined ? nextOf(parent) : `#${following.key}` },
          FALSE: {
            target: nextOf(parent.parent),
            actions: { type: 'skip', params: { executionId: parent.execution.id } },
          },
          ERROR: errorTransition(leaf),
        },
      },
    },
  };
}

function stepState(leaf: LeafNode): StateConfig {
  const next = nextOf(leaf.parent);
  const executionId = leaf.execution.id;
  const outcomes: Transitions = {
    SUCCESS: { target: next, actions: { type: 'setStatus', params: { executionId, status: 'SUCCESS' } } },
    ATTEMPTED: { target: next, actions: { type: 'setStatus', params: { executionId, status: 'ATTEMPTED' } } },
    SETUP: { target: next, actions: { type: 'setStatus', params: { executionId, status: 'SETUP_REQUIRED' } } },
    CHALLENGE: {
      target: `#${leaf.key}.wait`,
      actions: { type: 'setStatus', params: { executionId, status: 'CHALLENGED' } },
    },
    ERROR: errorTransition(leaf),
    REFUSE: { target: '#flow.refused', actions: { type: 'setStatus', params: { executionId, status: 'FAILED' } } },
  };
  const otherWays = possibleCandidates(leaf).map((other) => ({
    guard: { type: 'names', params: { executionId: other.execution.id } } as const,
    target: `#${other.key}`,
  }));
  return {
    id: leaf.key,
    initial: 'ask',
    meta: metaOf(leaf),
    states: {
      ask: { on: { ...outcomes, PREFER: otherWays } },
      // A page ends the walk: what the person posts may change every condition and reopen every failed sub-flow.
      wait: { entry: 'endWalk', on: { SUBMIT: { target: 'answer' }, SELECT: otherWays } },
      answer: { on: outcomes },
    },
  };
}

/**
 * A step's error is swallowed by the nearest ALTERNATIVE around it (itself included), which thereby counts as attempted.
 * Only effective ALTERNATIVEs are compiled, so any that is met will do. Without one the flow has failed.
 */
function errorTransition(leaf: LeafNode) {
  let node: LeafNode | LevelNode = leaf;
  for (let level: LevelNode | undefined = leaf.parent; level !== undefined; level = level.parent) {
    if (node.execution?.requirement === 'ALTERNATIVE') {
      const swallowed = { type: 'setStatus', params: { executionId: idOf(node), status: 'ATTEMPTED' } } as const;
      return { target: nextOf(level), actions: ['recordError', swallowed] } as const;
    }
    node = level;
  }
  return { target: '#flow.failed', actions: ['recordError'] } as const;
}

function idOf(node: LeafNode | LevelNode): string {
  if (node.execution === undefined) throw new Error('The top level is not an execution');
  return node.execution.id;
}

const metaOf = ({ execution }: LeafNode) => ({ executionId: execution.id, authenticator: execution.authenticator });
