import { assign, setup } from 'xstate';
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
