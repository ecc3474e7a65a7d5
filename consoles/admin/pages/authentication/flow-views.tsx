import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { Badge } from '../../../kit/feedback/badge.js';
import { useStable } from '../../../kit/data/use-stable.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Tabs } from '../../../kit/layout/tabs.js';
import { useTo } from '../../admin-context.js';
import type { Execution, Flow, Proof } from '../../flows/flow-api.js';
import { useProof } from '../../flows/flow-queries.js';
import { ProofView } from '../../flows/proof-view.js';
import { DiagramView } from './diagram/diagram-view.js';
import { litWay, type LitWay } from './diagram/lit-way.js';
import { useText } from './messages/use-text.js';
import { TryView } from './try-view.js';
import type { FlowEdits } from './use-flow-edits.js';
import { VersionsView } from './versions-view.js';

interface FlowViewsProps {
  readonly flow: Flow;
  readonly executions: readonly Execution[];
  readonly edits: FlowEdits;
  /** Lights a way in the tree. */
  readonly onLight: (way: LitWay | undefined) => void;
}

/** What is beside the tree: the proof, and one of the ways to look at the flow. */
export function FlowViews({ flow, executions, edits, onLight }: FlowViewsProps): ReactNode {
  const t = useText();
  const to = useTo();
  const { view = '' } = useParams();
  const proof = useProof(flow.alias);
  const [tried, setTried] = useState<LitWay>();
  const refuted = useStable(useMemo(() => refutation(proof.data), [proof.data]));
  const way = view === 'try' ? tried : refuted;
  useEffect(() => onLight(way), [way, onLight]);
  const isLogin = flow.providerId === 'basic-flow';
  const page = (...parts: readonly string[]): string => to('authentication', 'flows', flow.alias, ...parts);
  return (
    <>
      {isLogin && (
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
      )}
      <Tabs
        label={t('views')}
        tabs={[
          { label: t('diagram'), to: page(), end: true },
          ...(isLogin ? [{ label: t('tryIt'), to: page('try') }] : []),
          { label: t('versions'), to: page('versions') },
        ]}
      />
      {view === 'versions' ? (
        <VersionsView alias={flow.alias} edits={edits} />
      ) : (
        <>
          {view === 'try' && <TryView flow={flow} executions={executions} onWay={setTried} />}
          <DiagramView alias={flow.alias} executions={executions} way={way} />
        </>
      )}
    </>
  );
}

/** The login that refutes the first claim that fails. */
function refutation(proof: Proof | undefined): LitWay | undefined {
  const failing = proof?.claims.find(({ verdict }) => verdict === 'fails');
  if (failing?.counterExample) return litWay(failing.counterExample, failing.id !== 'user-in-time', true);
  return failing?.executions && { executions: failing.executions, passes: false, isBad: true };
}
