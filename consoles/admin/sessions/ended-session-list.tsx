import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Paging } from '../../kit/data/paging.js';
import { Table } from '../../kit/data/table.js';
import { PAGE_SIZE } from '../../kit/data/use-list-address.js';
import { EmptyState } from '../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../kit/feedback/error-state.js';
import { DateTime } from '../../kit/format/date-time.js';
import { Stack } from '../../kit/layout/stack.js';
import { useRealmApi, useRealmName } from '../admin-context.js';
import { useText } from './messages/use-text.js';
import { DeviceCell, ReasonCell } from './session-cells.js';
import type { EndedSession, SessionFilter } from './session-representation.js';
import { useSessionColumns } from './use-session-columns.js';

interface EndedSessionListProps {
  readonly filter: Pick<SessionFilter, 'user' | 'client'>;
  readonly ofOneUser?: boolean;
  readonly first: number;
  readonly onPage: (first: number) => void;
}

/** Sessions that have ended, the last first, each with why. */
export function EndedSessionList({ filter, ofOneUser = false, first, onPage }: EndedSessionListProps): ReactNode {
  const t = useText();
  const { user, address, clients, started } = useSessionColumns();
  const api = useRealmApi();
  const realm = useRealmName();
  const query = { ...filter };
  const ended = useQuery({
    queryKey: ['sessions', realm, 'ended', query, first],
    queryFn: ({ signal }) =>
      api.get<readonly EndedSession[]>('/sessions/ended', { ...query, first, max: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
  if (ended.error) return <ErrorNotice error={ended.error} onRetry={() => void ended.refetch()} />;
  return (
    <Stack>
      <Table
        label={t('ended.label')}
        columns={[
          ...(ofOneUser ? [] : [user]),
          { id: 'device', label: t('device'), cell: (session) => <DeviceCell session={session} /> },
          ...[address, clients, started],
          { id: 'ended', label: t('ended'), cell: ({ ended: at }) => <DateTime at={at} relative /> },
          { id: 'reason', label: t('reason'), cell: (session) => <ReasonCell session={session} /> },
        ]}
        rows={ended.data}
        idOf={({ id }) => id}
        nameOf={({ username }) => username}
        empty={<EmptyState title={t('ended.empty')}>{t('ended.emptyAbout')}</EmptyState>}
      />
      <Paging first={first} size={PAGE_SIZE} shown={ended.data?.length ?? 0} onChange={onPage} />
    </Stack>
  );
}
