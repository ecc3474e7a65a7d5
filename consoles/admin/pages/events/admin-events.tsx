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
import { EventFilters } from './event-filters.js';
import { useText } from './messages/use-text.js';

const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'ACTION'] as const;

/** AdminEventRepresentation. */
interface AdminEvent {
  readonly id?: string;
  /** Milliseconds. */
  readonly time: number;
  readonly operationType: (typeof OPERATIONS)[number];
  readonly resourceType: string;
  readonly resourcePath: string;
  readonly representation?: string;
  readonly error?: string;
  readonly authDetails?: { readonly userId?: string; readonly clientId?: string; readonly ipAddress?: string };
}

/** What administrators changed. */
export function AdminEvents(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const list = useListAddress();
  const [shown, setShown] = useState<AdminEvent>();
  const query = {
    operationTypes: list.filter('type') || undefined,
    authUser: list.filter('user') || undefined,
    resourcePath: list.filter('path') || undefined,
    authIpAddress: list.filter('ipAddress') || undefined,
    dateFrom: list.filter('from') || undefined,
    dateTo: list.filter('to') || undefined,
    first: list.first,
    max: PAGE_SIZE,
  };
  const events = useQuery({
    queryKey: ['admin-events', realm, query],
    queryFn: ({ signal }) => api.get<readonly AdminEvent[]>('/admin-events', query, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack>
      <EventFilters
        list={list}
        types={OPERATIONS.map((value) => ({ value, label: t(`operation.${value}`) }))}
        texts={[
          { name: 'user', label: t('user') },
          { name: 'path', label: t('path') },
          { name: 'ipAddress', label: t('ipAddress') },
        ]}
      />
      {events.error ? (
        <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />
      ) : (
        <Table
          label={t('admin')}
          rows={events.data}
          idOf={(event) => event.id ?? `${event.time} ${event.operationType} ${event.resourcePath}`}
          nameOf={({ operationType, resourcePath }) => `${operationType} ${resourcePath}`}
          empty={<EmptyState title={t('none')}>{t('none.about')}</EmptyState>}
          columns={[
            { id: 'time', label: t('time'), cell: ({ time }) => <DateTime at={time} /> },
            {
              id: 'operation',
              label: t('operation'),
              cell: ({ operationType, error }) => (
                <Badge kind={error === undefined ? 'neutral' : 'danger'}>{t(`operation.${operationType}`)}</Badge>
              ),
            },
            { id: 'resource', label: t('resource'), cell: ({ resourceType }) => resourceType },
            { id: 'path', label: t('path'), cell: ({ resourcePath }) => resourcePath && <Code>{resourcePath}</Code> },
            { id: 'ipAddress', label: t('ipAddress'), cell: ({ authDetails }) => authDetails?.ipAddress },
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
        <Dialog wide title={t('detailsOf', { type: shown.resourceType })} onClose={() => setShown(undefined)}>
          <Facts
            facts={[
              [t('time'), <DateTime key="time" at={shown.time} />],
              [t('by'), <Code key="by">{shown.authDetails?.userId ?? ''}</Code>],
              [t('client'), <Code key="client">{shown.authDetails?.clientId ?? ''}</Code>],
              [t('path'), shown.resourcePath && <Code key="path">{shown.resourcePath}</Code>],
              ...(shown.error === undefined ? [] : ([[t('error'), <Code key="error">{shown.error}</Code>]] as const)),
              ...(shown.representation === undefined
                ? []
                : ([[t('representation'), <Code key="sent">{shown.representation}</Code>]] as const)),
            ]}
          />
        </Dialog>
      )}
    </Stack>
  );
}
