import { useQuery } from '@tanstack/react-query';
import { lazy, memo, Suspense, useMemo, type ReactNode } from 'react';
import { useStable } from '../../../../kit/data/use-stable.js';
import { ErrorNotice } from '../../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../../kit/feedback/loading.js';
import { Panel } from '../../../../kit/layout/panel.js';
import { useRealmApi, useRealmName } from '../../../admin-context.js';
import type { Execution } from '../../../flows/flow-api.js';
import { flowPath } from '../../../flows/flow-queries.js';
import { useText } from '../messages/use-text.js';
import { graphOf, type MachineState } from './flow-graph.js';
import { FlowOutline } from './flow-outline.js';
import type { LitWay } from './lit-way.js';

const FlowDiagram = lazy(async () => ({ default: (await import('./flow-diagram.js')).FlowDiagram }));

interface DiagramViewProps {
  readonly alias: string;
  readonly executions: readonly Execution[];
  readonly way: LitWay | undefined;
}

/** The machine that runs the flow, drawn and in words. */
export const DiagramView = memo(function DiagramView({ alias, executions, way }: DiagramViewProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const machine = useQuery({
    queryKey: ['flows', useRealmName(), 'of', alias, 'machine'],
    queryFn: ({ signal }) => api.get<{ readonly machine: MachineState }>(`${flowPath(alias)}/machine`, {}, signal),
  });
  const graph = useStable(
    useMemo(() => machine.data && graphOf(machine.data.machine, executions), [machine.data, executions]),
  );
  return (
    <Panel title={t('diagram')} description={t('diagramAbout')}>
      {machine.error ? (
        <ErrorNotice error={machine.error} onRetry={() => void machine.refetch()} />
      ) : graph ? (
        <>
          <Suspense fallback={<Skeleton lines={10} />}>
            <FlowDiagram graph={graph} way={way} />
          </Suspense>
          <details>
            <summary>{t('outline')}</summary>
            <FlowOutline graph={graph} way={way} />
          </details>
        </>
      ) : (
        <Skeleton lines={10} />
      )}
    </Panel>
  );
});
