import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../kit/actions/button.js';
import { Paging } from '../../kit/data/paging.js';
import { Table, type Column } from '../../kit/data/table.js';
import { PAGE_SIZE } from '../../kit/data/use-list-address.js';
import { EmptyState } from '../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../kit/feedback/error-state.js';
import { Row, Stack } from '../../kit/layout/stack.js';
import { ConfirmDialog } from '../../kit/overlays/confirm-dialog.js';
import { useRealmApi, useRealmName } from '../admin-context.js';
import { useMay } from '../who-am-i.js';
import { useText } from './messages/use-text.js';
import { DeviceCell, ExpiryCell, useDeviceText } from './session-cells.js';
import type { FoundSession, SessionFilter } from './session-representation.js';
import { useEndSessions } from './use-end-sessions.js';
import { useSessionColumns } from './use-session-columns.js';

interface SessionListProps {
  readonly filter: SessionFilter;
  /** What the sessions are, where "sessions" does not say enough. */
  readonly label?: string;
  /** That there is none, where "no sessions" does not say enough. */
  readonly emptyTitle?: string;
  /** Leaves out whose they are: all are of one user. */
  readonly ofOneUser?: boolean;
  readonly first: number;
  readonly onPage: (first: number) => void;
  /** Which caps a session counts against; without it there is no such column. */
  readonly capsOf?: ((session: FoundSession) => ReactNode) | undefined;
}

interface Found {
  readonly count: number;
  readonly complete: boolean;
}

/** Live sessions that fit, a page at a time; one or several can be signed out. */
export function SessionList({
  filter,
  label,
  emptyTitle,
  ofOneUser = false,
  first,
  onPage,
  capsOf,
}: SessionListProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const may = useMay();
  const end = useEndSessions();
  const deviceText = useDeviceText();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [ending, setEnding] = useState<readonly FoundSession[]>();
  const query = { ...filter };
  const sessions = useQuery({
    queryKey: ['sessions', realm, 'live', query, first],
    queryFn: ({ signal }) => api.get<readonly FoundSession[]>('/sessions', { ...query, first, max: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
  const count = useQuery({
    queryKey: ['sessions', realm, 'count', query],
    queryFn: ({ signal }) => api.get<Found>('/sessions/count', query, signal),
    placeholderData: keepPreviousData,
  });
  const nameOf = (session: FoundSession): string =>
    t('sessionOf', { name: session.username, device: deviceText(session.device) });
  const columns = useColumns(ofOneUser, capsOf, may('manage-users') ? (session) => setEnding([session]) : undefined);
  if (sessions.error) return <ErrorNotice error={sessions.error} onRetry={() => void sessions.refetch()} />;
  const selected = (sessions.data ?? []).filter(({ id }) => picked.has(id));
  return (
    <Stack>
      {selected.length > 0 && (
        <Row>
          <Button look="danger" onClick={() => setEnding(selected)}>
            {t('end.selected', { count: selected.length })}
          </Button>
        </Row>
      )}
      <Table
        label={label ?? t('sessions.label')}
        columns={columns}
        rows={sessions.data}
        idOf={({ id }) => id}
        nameOf={nameOf}
        empty={
          emptyTitle === undefined ? (
            <EmptyState title={t('sessions.empty')}>{t('sessions.emptyAbout')}</EmptyState>
          ) : (
            <EmptyState title={emptyTitle} />
          )
        }
        {...(may('manage-users') && { selection: { ids: picked, onChange: setPicked } })}
      />
      <Paging
        first={first}
        size={PAGE_SIZE}
        shown={sessions.data?.length ?? 0}
        total={count.data?.complete === true && count.data.count > PAGE_SIZE ? count.data.count : undefined}
        onChange={onPage}
      />
      {ending && (
        <ConfirmDialog
          danger
          title={t('end.title', { count: ending.length })}
          action={t('endOne')}
          onConfirm={() => end(ending)}
          onClose={() => {
            setEnding(undefined);
            setPicked(new Set());
          }}
        >
          <p>{t('end.about', { count: ending.length })}</p>
          <ul>
            {ending.map((session) => (
              <li key={session.id}>{nameOf(session)}</li>
            ))}
          </ul>
        </ConfirmDialog>
      )}
    </Stack>
  );
}

function useColumns(
  ofOneUser: boolean,
  capsOf: SessionListProps['capsOf'],
  onEnd: ((session: FoundSession) => void) | undefined,
): readonly Column<FoundSession>[] {
  const t = useText();
  const { user, address, clients, started, lastUsed } = useSessionColumns();
  const deviceText = useDeviceText();
  const caps: Column<FoundSession> = { id: 'caps', label: t('caps'), cell: (session) => capsOf?.(session) };
  const deeds: Column<FoundSession> = {
    id: 'deeds',
    label: t('endOne'),
    actions: true,
    cell: (session) => (
      <Button
        aria-label={t('endOneOf', { name: `${session.username}, ${deviceText(session.device)}` })}
        onClick={() => onEnd?.(session)}
      >
        {t('endOne')}
      </Button>
    ),
  };
  return [
    ...(ofOneUser ? [] : [user]),
    { id: 'device', label: t('device'), cell: (session) => <DeviceCell session={session} /> },
    ...[address, clients, started, lastUsed],
    { id: 'expires', label: t('expires'), roomy: true, cell: (session) => <ExpiryCell session={session} /> },
    ...(capsOf ? [caps] : []),
    ...(onEnd ? [deeds] : []),
  ];
}
