import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { useAccount } from '../../account-context.js';
import { GraveDialog } from '../../grave-dialog.js';
import { ApplicationPanel } from './application-panel.js';
import { nameOf, type Application } from './application.js';
import { useText } from './messages/use-text.js';

/** Applications of the person, and what they may do. */
export function ApplicationsPage(): ReactNode {
  const t = useText();
  const { api } = useAccount();
  const cache = useQueryClient();
  const toast = useToast();
  const [search, setSearch] = useState('');
  const [revoking, setRevoking] = useState<Application>();
  const applications = useQuery({
    queryKey: ['applications', search],
    queryFn: ({ signal }) =>
      api.get<readonly Application[]>('/applications', { name: search === '' ? undefined : search }, signal),
    placeholderData: (before) => before,
  });
  const revoke = async (application: Application): Promise<void> => {
    await api.delete(`/applications/${encodeURIComponent(application.clientId)}/consent`);
    await Promise.all(['sessions', 'applications'].map((noun) => cache.invalidateQueries({ queryKey: [noun] })));
    toast(t('revoked', { name: nameOf(application) }));
  };
  return (
    <Page title={t('title')} description={t('about')}>
      <SearchField label={t('search')} value={search} onSearch={setSearch} />
      {applications.error && <ErrorNotice error={applications.error} onRetry={() => void applications.refetch()} />}
      {applications.isPending && (
        <Panel>
          <Skeleton lines={4} />
        </Panel>
      )}
      {applications.data?.length === 0 && (
        <EmptyState title={t('none')}>{search === '' ? t('noneAbout') : t('noneFound')}</EmptyState>
      )}
      {applications.data?.map((application) => (
        <ApplicationPanel
          key={application.clientId}
          application={application}
          onRevoke={() => setRevoking(application)}
        />
      ))}
      {revoking && (
        <GraveDialog
          title={t('revokeTitle', { name: nameOf(revoking) })}
          action={t('revoke')}
          onConfirm={() => revoke(revoking)}
          onClose={() => setRevoking(undefined)}
        >
          {t('revokeAbout', { name: nameOf(revoking) })}
        </GraveDialog>
      )}
    </Page>
  );
}
