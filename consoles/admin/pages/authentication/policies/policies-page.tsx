import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../../kit/feedback/loading.js';
import { Page } from '../../../../kit/layout/page.js';
import { useRealmApi, useRealmName } from '../../../admin-context.js';
import { useServerInfo } from '../../../use-server-info.js';
import { AuthenticationTabs } from '../authentication-tabs.js';
import { useText } from './messages/use-text.js';
import { PoliciesForm } from './policies-form.js';
import type { RealmPolicies } from './policy-values.js';

/** What passwords and one-time codes of the realm have to be like. */
export function PoliciesPage(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const name = useRealmName();
  const info = useServerInfo();
  const realm = useQuery({
    queryKey: ['realm', name],
    queryFn: ({ signal }) => api.get<RealmPolicies>('', {}, signal),
  });
  const problem = realm.error ?? info.error;
  return (
    <Page title={t('authentication')} description={t('about')}>
      <AuthenticationTabs />
      {problem && <ErrorNotice error={problem} onRetry={() => void Promise.all([realm.refetch(), info.refetch()])} />}
      {!problem && (!realm.data || !info.data) && <Skeleton lines={8} />}
      {!problem && realm.data && info.data && (
        <PoliciesForm key={name} saved={realm.data} types={info.data.passwordPolicies} />
      )}
    </Page>
  );
}
