import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { Page } from '../../../kit/layout/page.js';
import { useTo } from '../../admin-context.js';
import { useExecutions, useFlow } from '../../flows/flow-queries.js';
import { FlowEditor } from './flow-editor.js';
import { useText } from './messages/use-text.js';

/** One flow: what is in it, and what becomes of it. */
export function FlowPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const { alias = '' } = useParams();
  const found = useFlow(alias);
  const executions = useExecutions(alias);
  const flow = found.data?.[0];
  if (flow && executions.data) return <FlowEditor key={alias} flow={flow} executions={executions.data.value} />;
  const error = found.error ?? executions.error;
  return (
    <Page title={alias} crumbs={[{ label: t('authentication'), to: to('authentication') }]}>
      {error ? (
        <ErrorNotice
          error={error}
          onRetry={() => {
            void found.refetch();
            void executions.refetch();
          }}
        />
      ) : found.data && !flow ? (
        <EmptyState title={t('noSuchFlow')} />
      ) : (
        <Skeleton lines={8} />
      )}
    </Page>
  );
}
