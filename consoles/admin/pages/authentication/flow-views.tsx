import type { ReactNode } from 'react';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { Panel } from '../../../kit/layout/panel.js';
import type { Execution, Flow } from '../../flows/flow-api.js';
import { useProof } from '../../flows/flow-queries.js';
import { ProofView } from '../../flows/proof-view.js';
import { useText } from './messages/use-text.js';
import type { FlowEdits } from './use-flow-edits.js';

interface FlowViewsProps {
  readonly flow: Flow;
  readonly executions: readonly Execution[];
  readonly edits: FlowEdits;
  /** Lights executions in the tree. */
  readonly onLight: (ids: ReadonlySet<string>) => void;
}

/** What is beside the tree: the proof, and one of the ways to look at the flow. */
export function FlowViews({ flow, executions }: FlowViewsProps): ReactNode {
  const t = useText();
  const proof = useProof(flow.alias);
  if (flow.providerId !== 'basic-flow') return null;
  return (
    <Panel
      title={t('proof')}
      actions={
        proof.data && (
          <Badge kind={proof.data.verdict === 'green' ? 'success' : 'danger'}>
            {t(proof.data.verdict === 'green' ? 'green' : 'notGreen')}
          </Badge>
        )
      }
    >
      {proof.error ? (
        <ErrorNotice error={proof.error} onRetry={() => void proof.refetch()} />
      ) : proof.data ? (
        <ProofView proof={proof.data} executions={executions} />
      ) : (
        <Skeleton />
      )}
    </Panel>
  );
}
