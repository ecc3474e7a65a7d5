import { useMemo } from 'react';
import type { Execution, Flow, Requirement } from '../../flows/flow-api.js';
import { flowPath } from '../../flows/flow-queries.js';
import { useText as useFlowText } from '../../flows/messages/use-text.js';
import type { FlowDeeds } from './flow-tree.js';
import { useText } from './messages/use-text.js';
import type { Edit } from './use-flow-edits.js';

/** What is asked about in a dialog. */
export type Asked =
  | { readonly what: 'step' | 'condition' | 'subflow'; readonly into: Pick<Flow, 'id' | 'alias' | 'providerId'> }
  | { readonly what: 'rename' | 'configure'; readonly execution: Execution }
  | { readonly what: 'copy' | 'delete' | 'bind' };

/** A change that is made. */
export interface Made {
  readonly edit: Edit;
  /** What it did, in words. */
  readonly done: string;
}

/** What the rows of a flow can do; the same as long as the flow is, so that no row is drawn again for nothing. */
export function useFlowDeeds(flow: Flow, mutate: (made: Made) => void, ask: (asked: Asked) => void): FlowDeeds {
  const t = useText();
  const tf = useFlowText();
  return useMemo(
    (): FlowDeeds => ({
      require: (execution: Execution, requirement: Requirement) =>
        mutate({
          done: t('requirementChanged', { name: execution.displayName, requirement: tf(`requirement.${requirement}`) }),
          edit: (api, ifMatch) => api.put(`${flowPath(flow.alias)}/executions`, { ...execution, requirement }, ifMatch),
        }),
      move: (execution: Execution, into: Execution | undefined, index: number) =>
        mutate({
          done: t('moved', { name: execution.displayName, position: index + 1 }),
          edit: (api, ifMatch) =>
            api.send(`/authentication/executions/${execution.id}/place`, {
              method: 'POST',
              ifMatch,
              body: { parentFlow: flowIn(flow, into).id, index },
            }),
        }),
      remove: (execution: Execution) =>
        mutate({
          done: t('removed', { name: execution.displayName }),
          edit: (api, ifMatch) => api.send(`/authentication/executions/${execution.id}`, { method: 'DELETE', ifMatch }),
        }),
      configure: (execution) => ask({ what: 'configure', execution }),
      rename: (execution) => ask({ what: 'rename', execution }),
      add: (what, into) => ask({ what, into: flowIn(flow, into) }),
    }),
    [flow, mutate, ask, t, tf],
  );
}

/** What stands in a row: the sub-flow in it, or the flow itself for no row. */
const flowIn = (flow: Flow, execution: Execution | undefined): Pick<Flow, 'id' | 'alias' | 'providerId'> =>
  execution?.flowId === undefined
    ? flow
    : { id: execution.flowId, alias: execution.displayName, providerId: kindOf(flow, execution) };

/** The list does not say of which kind a sub-flow is; the requirements it may have do. */
const kindOf = (flow: Flow, { requirementChoices }: Execution): Flow['providerId'] =>
  flow.providerId === 'basic-flow' && !requirementChoices.includes('CONDITIONAL') ? 'form-flow' : flow.providerId;
