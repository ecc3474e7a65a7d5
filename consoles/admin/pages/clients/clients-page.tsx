import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink, Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table, type Column } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Page } from '../../../kit/layout/page.js';
import { Muted, Row, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { kindOf, type Client } from './client-representation.js';
import { useText } from './messages/use-text.js';

/** The clients of a realm, found by the server. */
export function ClientsPage(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const to = useTo();
  const may = useMay();
  const columns = useColumns();
  const { search, first, onSearch, onPage } = useListAddress();
  const clients = useQuery({
    queryKey: ['clients', realm, 'list', search, first],
    queryFn: ({ signal }) =>
      api.get<readonly Client[]>(
        '/clients',
        { ...(search !== '' && { clientId: search, search: true }), first, max: PAGE_SIZE },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  const create = may('manage-clients') && (
    <ButtonLink look="primary" icon="add" to={to('clients', 'new')}>
      {t('create')}
    </ButtonLink>
  );
  return (
    <Page title={t('clients')} description={t('clientsAbout')} actions={create}>
      <Stack>
        <SearchField label={t('search')} value={search} onSearch={onSearch} />
        {clients.error ? (
          <ErrorNotice error={clients.error} onRetry={() => void clients.refetch()} />
        ) : (
          <Table
            label={t('clients')}
            columns={columns}
            rows={clients.data}
            idOf={({ id }) => id}
            nameOf={({ clientId }) => clientId}
            empty={<EmptyState title={t('none')}>{search === '' ? t('noneAbout') : t('noneFound')}</EmptyState>}
          />
        )}
        <Paging first={first} size={PAGE_SIZE} shown={clients.data?.length ?? 0} onChange={onPage} />
      </Stack>
    </Page>
  );
}

function useColumns(): readonly Column<Client>[] {
  const t = useText();
  const to = useTo();
  return [
    {
      id: 'clientId',
      label: t('clientId'),
      cell: ({ id, clientId, enabled }) => (
        <Row>
          <Link to={to('clients', id, 'settings')}>{clientId}</Link>
          {!enabled && <Badge kind="warning">{t('disabled')}</Badge>}
        </Row>
      ),
    },
    { id: 'name', label: t('name'), cell: ({ name = '' }) => (name.startsWith('${') ? '' : name) },
    { id: 'kind', label: t('kind'), cell: (client) => t(`kind.${kindOf(client)}`) },
    { id: 'flows', label: t('flows'), cell: (client) => <Overrides client={client} /> },
    { id: 'url', label: t('homeUrl'), cell: ({ rootUrl, baseUrl }) => <Muted>{baseUrl ?? rootUrl ?? ''}</Muted> },
  ];
}

/** Which of the flows are the client's own. */
function Overrides({ client }: { readonly client: Client }): ReactNode {
  const t = useText();
  const own = Object.keys(client.authenticationFlowBindingOverrides ?? {}).length > 0;
  return own ? <Badge kind="accent">{t('flows.own')}</Badge> : <Muted>{t('flows.ofRealm')}</Muted>;
}
