import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink, Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table, type Column } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Panel } from '../../../kit/layout/panel.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useEventsConfig } from '../../use-events-config.js';
import { useText } from './messages/use-text.js';

interface Denial {
  readonly id: string;
  /** Milliseconds. */
  readonly time: number;
  readonly clientId?: string;
  readonly userId?: string;
  readonly ipAddress?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** Logins that a limiter refused, newest first. */
export function DenialsPanel(): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const list = useListAddress();
  const denials = useQuery({
    queryKey: ['events', useRealmName(), 'denials', list.first],
    queryFn: ({ signal }) =>
      api.get<readonly Denial[]>(
        '/events',
        { type: 'LOGIN_ERROR', error: 'session_limit_exceeded', first: list.first, max: PAGE_SIZE },
        signal,
      ),
  });
  const kept = useEventsConfig();
  const isKept = kept.data?.eventsEnabled !== false && kept.data?.enabledEventTypes.includes('LOGIN_ERROR') !== false;
  const columns: readonly Column<Denial>[] = [
    { id: 'time', label: t('time'), cell: ({ time }) => <DateTime at={time} /> },
    {
      id: 'user',
      label: t('user'),
      cell: ({ userId = '', details }) => <Link to={to('users', userId)}>{details?.['username'] ?? userId}</Link>,
    },
    { id: 'client', label: t('client'), cell: ({ clientId }) => clientId },
    { id: 'address', label: t('address'), cell: ({ ipAddress }) => ipAddress },
  ];
  return (
    <Panel title={t('denials')} description={t('denialsAbout')}>
      {denials.error ? (
        <ErrorNotice error={denials.error} onRetry={() => void denials.refetch()} />
      ) : (
        <>
          <Table
            label={t('denials')}
            columns={columns}
            rows={denials.data}
            idOf={({ id }) => id}
            nameOf={({ time }) => String(time)}
            empty={
              isKept ? (
                <EmptyState title={t('noDenials')} />
              ) : (
                <EmptyState
                  title={t('denialsNotKept')}
                  action={<ButtonLink to={to('realm-settings', 'events')}>{t('eventSettings')}</ButtonLink>}
                />
              )
            }
          />
          <Paging first={list.first} size={PAGE_SIZE} shown={denials.data?.length ?? 0} onChange={list.onPage} />
        </>
      )}
    </Panel>
  );
}
