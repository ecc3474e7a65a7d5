import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { useAccount } from '../../account-context.js';
import { useText } from './messages/use-text.js';
import type { Profile } from './profile.js';
import { ProfileForm } from './profile-form.js';

/** Who the person is, as applications are told. */
export function PersonalInfoPage(): ReactNode {
  const t = useText();
  const { api } = useAccount();
  const profile = useQuery({
    queryKey: ['profile'],
    queryFn: ({ signal }) => api.get<Profile>('', {}, signal),
  });
  return (
    <Page title={t('title')} description={t('about')}>
      {profile.data ? (
        <ProfileForm profile={profile.data} />
      ) : profile.error ? (
        <ErrorNotice error={profile.error} onRetry={() => void profile.refetch()} />
      ) : (
        <Panel>
          <Skeleton lines={5} />
        </Panel>
      )}
    </Page>
  );
}
