import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ButtonLink, Link } from '../../../kit/actions/link.js';
import { Table } from '../../../kit/data/table.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { Menu } from '../../../kit/overlays/menu.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useAdmin, useRealmName, useTo } from '../../admin-context.js';
import { useWhoAmI } from '../../who-am-i.js';
import { ExportDialog } from './export-dialog.js';
import { useText } from './messages/use-text.js';

/** A realm as lists show it; just its name where one may not view more. */
interface BriefRealm {
  readonly realm: string;
  readonly displayName?: string;
  readonly enabled?: boolean;
}

type Deed = { readonly kind: 'export' | 'delete'; readonly realm: string };

/** The realms one may see, and the ways to make another. */
export function RealmsPage(): ReactNode {
  const t = useText();
  const { api, address } = useAdmin();
  const shown = useRealmName();
  const to = useTo();
  const toast = useToast();
  const goOn = useGoOn();
  const queries = useQueryClient();
  const who = useWhoAmI();
  const [deed, setDeed] = useState<Deed>();
  const realms = useQuery({
    queryKey: ['realms'],
    queryFn: ({ signal }) => api.get<readonly BriefRealm[]>('/admin/realms', { briefRepresentation: true }, signal),
  });
  const remove = async (realm: string): Promise<void> => {
    await api.below('admin', 'realms', realm).delete('');
    toast(t('deleted', { name: realm }));
    if (realm === shown) void goOn(`/${encodeURIComponent(address.realm)}/realms`);
    await queries.invalidateQueries({ queryKey: ['realms'] });
  };
  return (
    <Page
      title={t('realms')}
      description={t('realms.about')}
      actions={
        who.data?.createRealm && (
          <>
            <ButtonLink icon="import" to={to('realms', 'import')}>
              {t('import')}
            </ButtonLink>
            <ButtonLink icon="add" look="primary" to={to('realms', 'create')}>
              {t('create')}
            </ButtonLink>
          </>
        )
      }
    >
      {realms.error ? (
        <ErrorNotice error={realms.error} onRetry={() => void realms.refetch()} />
      ) : (
        <Table
          label={t('realms')}
          rows={realms.data}
          idOf={({ realm }) => realm}
          nameOf={({ realm }) => realm}
          empty={<EmptyState title={t('none')} />}
          columns={[
            {
              id: 'name',
              label: t('name'),
              cell: ({ realm }) => <Link to={`/${encodeURIComponent(realm)}`}>{realm}</Link>,
            },
            { id: 'displayName', label: t('displayName'), cell: ({ displayName }) => displayName },
            {
              id: 'state',
              label: t('state'),
              cell: ({ enabled }) =>
                enabled !== undefined && (
                  <Badge kind={enabled ? 'success' : 'warning'}>{t(enabled ? 'enabled' : 'disabled')}</Badge>
                ),
            },
            {
              id: 'actions',
              label: t('name'),
              actions: true,
              cell: ({ realm, enabled }) =>
                enabled !== undefined && (
                  <Menu
                    compact
                    icon="more"
                    label={realm}
                    entries={[
                      { label: t('export'), icon: 'export', onAction: () => setDeed({ kind: 'export', realm }) },
                      {
                        label: t('delete'),
                        icon: 'delete',
                        danger: true,
                        disabled: realm === 'master',
                        onAction: () => setDeed({ kind: 'delete', realm }),
                      },
                    ]}
                  />
                ),
            },
          ]}
        />
      )}
      {deed?.kind === 'export' && <ExportDialog realm={deed.realm} onClose={() => setDeed(undefined)} />}
      {deed?.kind === 'delete' && (
        <ConfirmDialog
          danger
          title={t('delete.title', { name: deed.realm })}
          action={t('delete')}
          onConfirm={() => remove(deed.realm)}
          onClose={() => setDeed(undefined)}
        >
          <p>{t('delete.about')}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}
