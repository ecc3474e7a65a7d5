import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Table } from '../../../kit/data/table.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Code } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useText } from './messages/use-text.js';

/** KeysMetadataRepresentation, as far as it is shown. */
interface Keys {
  readonly keys: readonly Key[];
}

interface Key {
  readonly kid: string;
  readonly status: 'ACTIVE' | 'PASSIVE' | 'DISABLED';
  readonly algorithm?: string;
  readonly use?: string;
  readonly providerPriority: number;
}

/** The keys of the realm: which there are, which is used for what. */
export function KeysTab(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const keys = useQuery({
    queryKey: ['keys', useRealmName()],
    queryFn: ({ signal }) => api.get<Keys>('/keys', {}, signal),
  });
  return (
    <Panel title={t('keys')} description={t('keys.about')}>
      {keys.error ? (
        <ErrorNotice error={keys.error} onRetry={() => void keys.refetch()} />
      ) : (
        <Table
          label={t('keys')}
          rows={keys.data?.keys}
          idOf={({ kid }) => kid}
          nameOf={({ algorithm = '', kid }) => `${algorithm} ${kid}`}
          empty={<EmptyState title={t('keys.none')} />}
          columns={[
            { id: 'algorithm', label: t('key.algorithm'), cell: ({ algorithm }) => algorithm },
            { id: 'use', label: t('key.use'), cell: ({ use }) => use },
            {
              id: 'status',
              label: t('key.status'),
              cell: ({ status }) => (
                <Badge kind={status === 'ACTIVE' ? 'success' : 'neutral'}>{t(`status.${status}`)}</Badge>
              ),
            },
            {
              id: 'priority',
              label: t('key.priority'),
              align: 'end',
              cell: ({ providerPriority }) => providerPriority,
            },
            { id: 'kid', label: t('key.id'), cell: ({ kid }) => <Code>{kid}</Code> },
          ]}
        />
      )}
    </Panel>
  );
}
