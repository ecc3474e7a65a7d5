import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Facts } from '../../../kit/layout/panel.js';
import { Code, Stack } from '../../../kit/layout/stack.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useEventsConfig } from '../../use-events-config.js';
import { EventFilters } from './event-filters.js';
import { useText } from './messages/use-text.js';

/** EventRepresentation. */
interface UserEvent {
  readonly id?: string;
  /** Milliseconds. */
  readonly time: number;
  readonly type: string;
  readonly clientId?: string;
  readonly userId?: string;
  readonly sessionId?: string;
  readonly ipAddress?: string;
  readonly error?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** What happened to people: logins, logouts, ends of sessions. */
export function UserEvents(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const list = useListAddress();
  const [shown, setShown] = useState<UserEvent>();
  const config = useEventsConfig();
  const query = {
    type: list.filter('type') || undefined,
    user: list.filter('user') || undefined,
    client: list.filter('client') || undefined,
    ipAddress: list.filter('ipAddress') || undefined,
    dateFrom: list.filter('from') || undefined,
    dateTo: list.filter('to') || undefined,
    first: list.first,
    max: PAGE_SIZE,
  };
  const events = useQuery({
    queryKey: ['events', realm, query],
    queryFn: ({ signal }) => api.get<readonly UserEvent[]>('/events', query, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack>
      <EventFilters
        list={list}
        types={[...(config.data?.enabledEventTypes ?? [])].sort().map((type) => ({ value: type, label: type }))}
        texts={[
          { name: 'user', label: t('user') },
          { name: 'client', label: t('client') },
          { name: 'ipAddress', label: t('ipAddress') },
        ]}
      />
      {events.error ? (
        <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />
      ) : (
        <Table
          label={t('users')}
          rows={events.data}
          idOf={(event) => event.id ?? `${event.time} ${event.type} ${event.userId ?? ''}`}
          nameOf={({ type }) => type}
          empty={<EmptyState title={t('none')}>{t('none.about')}</EmptyState>}
          columns={[
            { id: 'time', label: t('time'), cell: ({ time }) => <DateTime at={time} /> },
            {
              id: 'type',
              label: t('type'),
              cell: ({ type, error }) => <Badge kind={error === undefined ? 'neutral' : 'danger'}>{type}</Badge>,
            },
            { id: 'user', label: t('user'), cell: ({ userId, details }) => details?.['username'] ?? userId },
            { id: 'client', label: t('client'), cell: ({ clientId }) => clientId },
            { id: 'ipAddress', label: t('ipAddress'), cell: ({ ipAddress }) => ipAddress },
            {
              id: 'details',
              label: t('details'),
              actions: true,
              cell: (event) => (
                <Button look="quiet" onClick={() => setShown(event)}>
                  {t('details')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <Paging first={list.first} size={PAGE_SIZE} shown={events.data?.length ?? 0} onChange={list.onPage} />
      {shown && (
        <Dialog wide title={t('detailsOf', { type: shown.type })} onClose={() => setShown(undefined)}>
          <Facts
            facts={[
              [t('time'), <DateTime key="time" at={shown.time} />],
              ...textFacts([
                [t('error'), shown.error],
                [t('user'), shown.userId],
                [t('session'), shown.sessionId],
                [t('client'), shown.clientId],
                [t('ipAddress'), shown.ipAddress],
                ...Object.entries(shown.details ?? {}),
              ]),
            ]}
          />
        </Dialog>
      )}
    </Stack>
  );
}

const textFacts = (
  facts: readonly (readonly [string, string | undefined])[],
): readonly (readonly [string, ReactNode])[] =>
  facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, <Code key={name}>{value}</Code>] as const]));
