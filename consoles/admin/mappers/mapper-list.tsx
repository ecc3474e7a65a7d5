import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../../kit/actions/button.js';
import { Table } from '../../kit/data/table.js';
import type { ApiClient } from '../../kit/api/api-client.js';
import { EmptyState } from '../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../kit/feedback/error-state.js';
import { useToast } from '../../kit/feedback/toasts.js';
import { Panel } from '../../kit/layout/panel.js';
import { Muted } from '../../kit/layout/stack.js';
import { ConfirmDialog } from '../../kit/overlays/confirm-dialog.js';
import { useServerInfo } from '../use-server-info.js';
import { useMay } from '../who-am-i.js';
import { MapperDialog } from './mapper-dialog.js';
import type { Mapper } from './mapper.js';
import { useText } from './messages/use-text.js';

interface MapperListProps {
  /** API of the client or client scope that has them. */
  readonly api: ApiClient;
  /** Key of the queries about that owner. */
  readonly ownerKey: readonly string[];
  readonly description: string;
}

const MODELS = '/protocol-mappers/models';

/** The mappers of a client or client scope. */
export function MapperList({ api, ownerKey, description }: MapperListProps): ReactNode {
  const t = useText();
  const toast = useToast();
  const cache = useQueryClient();
  const mayManage = useMay()('manage-clients');
  const [editing, setEditing] = useState<Mapper | 'new'>();
  const [removing, setRemoving] = useState<Mapper>();
  const mappers = useQuery({
    queryKey: [...ownerKey, 'mappers'],
    queryFn: ({ signal }) => api.get<readonly Mapper[]>(MODELS, {}, signal),
  });
  const info = useServerInfo();
  const kinds = info.data?.protocolMapperTypes['openid-connect'];
  const after = async (text: string): Promise<void> => {
    await cache.invalidateQueries({ queryKey: ownerKey });
    toast(text);
  };
  const save = async (mapper: Mapper): Promise<void> => {
    if (mapper.id === undefined) await api.post(MODELS, mapper);
    else await api.put(`${MODELS}/${encodeURIComponent(mapper.id)}`, mapper);
    await after(t('saved', { name: mapper.name }));
  };
  const problem = mappers.error ?? info.error;
  const kindName = (id: string): string => kinds?.find((kind) => kind.id === id)?.name ?? id;
  return (
    <Panel
      title={t('mappers')}
      description={description}
      actions={
        mayManage && (
          <Button icon="add" disabled={!kinds} onClick={() => setEditing('new')}>
            {t('add')}
          </Button>
        )
      }
    >
      {problem ? (
        <ErrorNotice error={problem} onRetry={() => void Promise.all([mappers.refetch(), info.refetch()])} />
      ) : (
        <Table
          label={t('mappers')}
          columns={[
            {
              id: 'name',
              label: t('name'),
              cell: (mapper) =>
                mayManage ? (
                  <Button look="quiet" onClick={() => setEditing(mapper)}>
                    {mapper.name}
                  </Button>
                ) : (
                  mapper.name
                ),
            },
            { id: 'kind', label: t('kind'), cell: ({ protocolMapper }) => kindName(protocolMapper) },
            { id: 'claim', label: t('claim'), cell: ({ config }) => <Muted>{config['claim.name'] ?? ''}</Muted> },
            {
              id: 'actions',
              label: t('actions'),
              actions: true,
              cell: (mapper) =>
                mayManage && (
                  <IconButton
                    icon="delete"
                    label={t('remove', { name: mapper.name })}
                    onClick={() => setRemoving(mapper)}
                  />
                ),
            },
          ]}
          rows={mappers.data}
          idOf={({ id = '' }) => id}
          nameOf={({ name }) => name}
          empty={<EmptyState title={t('none')}>{t('noneAbout')}</EmptyState>}
        />
      )}
      {editing && kinds && (
        <MapperDialog
          mapper={editing === 'new' ? undefined : editing}
          kinds={kinds}
          save={save}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && (
        <ConfirmDialog
          danger
          title={t('removeTitle', { name: removing.name })}
          action={t('removeIt')}
          onConfirm={async () => {
            await api.delete(`${MODELS}/${encodeURIComponent(removing.id ?? '')}`);
            await after(t('removed', { name: removing.name }));
          }}
          onClose={() => setRemoving(undefined)}
        >
          <p>{t('removeAbout')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
