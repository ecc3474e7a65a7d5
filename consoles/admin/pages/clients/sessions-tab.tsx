import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { useRealmApi } from '../../admin-context.js';
import type { Session } from '../../sessions/session-representation.js';
import { useEndSessions } from '../../sessions/use-end-sessions.js';
import { useSessionColumns } from '../../sessions/use-session-columns.js';
import { useMay } from '../../who-am-i.js';
import { useClient, useClientApi, useClientKey } from './use-client.js';
import { useText } from './messages/use-text.js';

/** Logins in which the client takes part. */
export const SessionsTab = (): ReactNode => <ClientSessions offline={false} />;

/** Offline sessions: applications that may act for people who are not there. */
export const OfflineTab = (): ReactNode => <ClientSessions offline />;

function ClientSessions({ offline }: { readonly offline: boolean }): ReactNode {
  const t = useText();
  const realmApi = useRealmApi();
  const api = useClientApi();
  const client = useClient();
  const key = [...useClientKey(), offline ? 'offline' : 'sessions'];
  const may = useMay();
  const { search, first, onSearch, onPage } = useListAddress();
  const [ending, setEnding] = useState<Session>();
  const end = useEndSessions();
  const queries = useQueryClient();
  const { user, started, lastUsed, address, clients } = useSessionColumns();
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
              ...[user, started, lastUsed, address, clients],
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
          onConfirm={async () => {
            await end([{ id: ending.id, offline }]);
            await queries.invalidateQueries({ queryKey: key });
          }}
          onClose={() => setEnding(undefined)}
        >
          <p>{offline ? t('session.endOfflineAbout') : t('session.endAbout')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
