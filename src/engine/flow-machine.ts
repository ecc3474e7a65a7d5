import { assign, createActor, setup } from 'xstate';
import type {
  AnyActorRef,
  EventObject,
  MetaObject,
  NonReducibleUnknown,
  ParameterizedObject,
  ProvidedActor,
  SnapshotFrom,
  StateMachine,
  StateSchema,
  StateValue,
} from 'xstate';
import { NO_MARKS } from './flow-context.js';
import type { ExecutionStatus, FlowContext, RecordedError } from './flow-context.js';
import type { LevelNode } from './flow-plan.js';
import { nextElement } from './requirement-rules.js';
import type { Decision } from './requirement-rules.js';

/** What can happen to a flow. */
export type FlowEvent =
  | { readonly type: 'SUCCESS' | 'ATTEMPTED' | 'SETUP' | 'CHALLENGE' | 'REFUSE' }
  /** Answers of a condition. */
  | { readonly type: 'TRUE' | 'FALSE' }
  | ({ readonly type: 'ERROR' } & RecordedError)
  /** A form was posted to the page on screen. */
  | { readonly type: 'SUBMIT' }
  /** The person chose another way; the engine prefers another way than the nominal one. */
  | { readonly type: 'SELECT' | 'PREFER'; readonly executionId: string }
  /** Walk again from the top; what was processed stays so. */
  | { readonly type: 'REFRESH' };

/** An XState 5 machine of one flow: pure, without actors and timers. */
export type FlowMachine = StateMachine<
  FlowContext,
  FlowEvent,
  Record<string, AnyActorRef | undefined>,
  ProvidedActor,
  ParameterizedObject,
  ParameterizedObject,
  string,
  StateValue,
  string,
  NonReducibleUnknown,
  NonReducibleUnknown,
  EventObject,
  MetaObject,
  StateSchema
>;
export type FlowSnapshot = SnapshotFrom<FlowMachine>;

/** A machine that is moved by pure steps. */
export interface Moves {
  /** Where every login begins. */
  readonly start: FlowSnapshot;
  /** The snapshot after an event; the one given stays as it is, also where the event means nothing. */
  readonly move: (snapshot: FlowSnapshot, event: FlowEvent) => FlowSnapshot;
}

/**
 * The pure steps of a machine. XState's own `transition` makes an actor at every call, and with it the initial state: more work than the
 * step itself. These machines have no actors and no effects, so one actor that is never started serves all steps.
 */
export function movesOf(machine: FlowMachine): Moves {
  const self = createActor(machine);
  const nothing = (): void => undefined;
  const { id, sessionId, system } = self;
  const silent = { logger: nothing, defer: nothing, emit: nothing, stopChild: nothing, actionExecutor: nothing };
  const scope: Parameters<FlowMachine['transition']>[2] = { self, id, sessionId, system, ...silent };
  return {
    start: machine.getInitialSnapshot(scope),
    move: (snapshot, event) => machine.transition(snapshot, event, scope),
  };
}

/**
 * The vocabulary of every flow machine: pure guards and context updates that the compiled states name, so that a machine's
 * config is plain data. `levels` finds a level by its state key.
 */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- only inference can name the type of a setup
export function flowVocabulary(levels: ReadonlyMap<string, LevelNode>) {
  const decide = (context: FlowContext, key: string): Decision => {
    const level = levels.get(key);
    if (level === undefined) throw new Error(`No level ${key} in this flow`);
    return nextElement(level.rules, context.statuses, context.walk);
  };
  return setup({
    types: { context: {} as FlowContext, events: {} as FlowEvent },
    guards: {
      /** The level's rules say: run this element. */
      runs: ({ context }, { level, executionId }: { level: string; executionId: string }) => {
        const decision = decide(context, level);
        return decision.kind === 'run' && decision.execution.id === executionId;
      },
      /** The level's rules say: done, and well. */
      succeeds: ({ context }, { level }: { level: string }) => decide(context, level).kind === 'succeeded',
      /** The event names this execution. */
      names: ({ event }, { executionId }: { executionId: string }) =>
        (event.type === 'SELECT' || event.type === 'PREFER') && event.executionId === executionId,
    },
    actions: {
      setStatus: assign(({ context }, { executionId, status }: { executionId: string; status: ExecutionStatus }) => ({
        statuses: { ...context.statuses, [executionId]: status },
      })),
      skip: assign(({ context }, { executionId }: { executionId: string }) => ({
        walk: { ...context.walk, [executionId]: 'skipped' as const },
      })),
      fail: assign(({ context }, { executionId }: { executionId: string }) => ({
        statuses: { ...context.statuses, [executionId]: 'FAILED' as const },
        walk: { ...context.walk, [executionId]: 'failed' as const },
      })),
      endWalk: assign({ walk: NO_MARKS }),
      recordError: assign(({ context, event }) => {
        if (event.type !== 'ERROR') return {};
        const { type: _, ...error } = event;
        return { errors: [...context.errors, error] };
      }),
    },
  });
}
