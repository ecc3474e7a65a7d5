import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Code, Row, Stack } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { useRealmApi, useTo } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useClient, useClientApi, useClientDeed, useClientKey } from './use-client.js';
import { useText } from './messages/use-text.js';

interface Session {
  readonly id: string;
  readonly username: string;
  readonly userId: string;
  readonly ipAddress: string;
  /** Milliseconds. */
  readonly start: number;
  readonly lastAccess: number;
  readonly clients?: Readonly<Record<string, string>>;
}

/** Logins in which the client takes part. */
export const SessionsTab = (): ReactNode => <ClientSessions offline={false} />;

/** Offline sessions: applications that may act for people who are not there. */
export const OfflineTab = (): ReactNode => <ClientSessions offline />;

function ClientSessions({ offline }: { readonly offline: boolean }): ReactNode {
  const t = useText();
  const to = useTo();
  const realmApi = useRealmApi();
  const api = useClientApi();
  const client = useClient();
  const key = [...useClientKey(), offline ? 'offline' : 'sessions'];
  const may = useMay();
  const { search, first, onSearch, onPage } = useListAddress();
  const [ending, setEnding] = useState<Session>();
  const end = useClientDeed(
    ({ id }: Session) =>
      realmApi.delete(`/sessions/${encodeURIComponent(id)}`, { ...(offline && { isOffline: true }) }),
    t('session.ended'),
  );
  const sessions = useQuery({
    queryKey: [...key, search, first],
    queryFn: ({ signal }) =>
      search === ''
        ? api.get<readonly Session[]>(
            offline ? '/offline-sessions' : '/user-sessions',
            { first, max: PAGE_SIZE },
            signal,
          )
        : realmApi.get<readonly Session[]>(
            '/ui-ext/sessions/client',
            { clientId: client.id, type: offline ? 'OFFLINE' : 'REGULAR', search, first, max: PAGE_SIZE },
            signal,
          ),
    placeholderData: keepPreviousData,
  });
  const count = useQuery({
    queryKey: [...key, 'count'],
    queryFn: ({ signal }) =>
      api.get<{ readonly count: number }>(offline ? '/offline-session-count' : '/session-count', {}, signal),
  });
  return (
    <Panel
      title={offline ? t('offline') : t('sessions')}
      description={offline ? t('offlineAbout') : t('sessionsAbout')}
    >
      <Stack>
        {may('view-users') && <SearchField label={t('session.search')} value={search} onSearch={onSearch} />}
        {sessions.error ? (
          <ErrorNotice error={sessions.error} onRetry={() => void sessions.refetch()} />
        ) : (
          <Table
            label={offline ? t('offline') : t('sessions')}
            columns={[
              {
                id: 'user',
                label: t('session.user'),
                cell: ({ userId, username }) =>
                  may('view-users') ? <Link to={to('users', userId, 'sessions')}>{username}</Link> : username,
              },
              { id: 'start', label: t('session.start'), cell: ({ start }) => <DateTime at={start} /> },
              {
                id: 'lastAccess',
                label: t('session.lastAccess'),
                cell: ({ lastAccess }) => <DateTime relative at={lastAccess} />,
              },
              { id: 'address', label: t('session.address'), cell: ({ ipAddress }) => <Code>{ipAddress}</Code> },
              {
                id: 'clients',
                label: t('clients'),
                cell: ({ clients = {} }) => <Row>{Object.values(clients).toSorted().join(', ')}</Row>,
              },
              ...(may('manage-users')
                ? [
                    {
                      id: 'actions',
                      label: t('actions'),
                      actions: true,
                      cell: (session: Session) => (
                        <Button look="quiet" onClick={() => setEnding(session)}>
                          {t('session.end')}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
            rows={sessions.data}
            idOf={({ id }) => id}
            nameOf={({ username }) => username}
            empty={
              <EmptyState title={t('session.none')}>
                {search !== '' ? t('session.noneFound') : offline ? t('offline.none') : t('session.noneAbout')}
              </EmptyState>
            }
          />
        )}
        <Paging
          first={first}
          size={PAGE_SIZE}
          shown={sessions.data?.length ?? 0}
          total={search === '' ? count.data?.count : undefined}
          onChange={onPage}
        />
      </Stack>
      {ending && (
        <ConfirmDialog
          danger
          title={t('session.endTitle', { name: ending.username })}
          action={t('session.end')}
          onConfirm={() => end.mutateAsync(ending)}
          onClose={() => setEnding(undefined)}
        >
          <p>{offline ? t('session.endOfflineAbout') : t('session.endAbout')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
