import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Panel } from '../../../kit/layout/panel.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useText } from './messages/use-text.js';

/** Counts of a client, written as text. */
interface ClientCounts {
  readonly id: string;
  readonly clientId: string;
  readonly active: string;
  readonly offline: string;
}

/** How many sessions each client has. The server answers with those that have any, all at once: one row for a client, not for a session. */
export function ClientStatistics(): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const realm = useRealmName();
  const list = useListAddress();
  const stats = useQuery({
    queryKey: ['sessions', realm, 'stats'],
    queryFn: ({ signal }) => api.get<readonly ClientCounts[]>('/client-session-stats', {}, signal),
  });
  const rows = stats.data?.toSorted((a, b) => Number(b.active) - Number(a.active));
  const shown = rows?.slice(list.first, list.first + PAGE_SIZE);
  const link = (clientId: string, count: string, kind: string): ReactNode =>
    count === '0' ? (
      '0'
    ) : (
      <Link to={`${to('sessions')}?${new URLSearchParams({ client: clientId, ...(kind && { kind }) }).toString()}`}>
        {count}
      </Link>
    );
  return (
    <Panel description={t('byClient.about')} title={t('byClient')}>
      {stats.error ? (
        <ErrorNotice error={stats.error} onRetry={() => void stats.refetch()} />
      ) : (
        <Table
          label={t('byClient')}
          columns={[
            { id: 'client', label: t('client'), cell: ({ clientId }) => clientId },
            {
              id: 'active',
              label: t('active'),
              align: 'end',
              cell: ({ clientId, active }) => link(clientId, active, ''),
            },
            {
              id: 'offline',
              label: t('offline'),
              align: 'end',
              cell: ({ clientId, offline }) => link(clientId, offline, 'offline'),
            },
          ]}
          rows={shown}
          idOf={({ id }) => id}
          nameOf={({ clientId }) => clientId}
          empty={<EmptyState title={t('byClient.empty')} />}
        />
      )}
      {rows && rows.length > PAGE_SIZE && (
        <Paging
          first={list.first}
          size={PAGE_SIZE}
          shown={shown?.length ?? 0}
          total={rows.length}
          onChange={list.onPage}
        />
      )}
    </Panel>
  );
}
