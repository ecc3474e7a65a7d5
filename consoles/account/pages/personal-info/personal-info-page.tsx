import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Page } from '../../../kit/layout/page.js';
import { Facts, Panel } from '../../../kit/layout/panel.js';
import { useAccount } from '../../account-context.js';
import { useText } from '../../messages/use-text.js';

/** Members of the profile that every realm has. */
interface Profile {
  readonly username: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

/** Who the person is, as applications are told. */
export function PersonalInfoPage(): ReactNode {
  const t = useText();
  const { api } = useAccount();
  const profile = useQuery({
    queryKey: ['profile'],
    queryFn: ({ signal }) => api.get<Profile>('', {}, signal),
  });
  return (
    <Page title={t('personalInfo')} description={t('personalInfoAbout')}>
      <Panel>
        {profile.error ? (
          <ErrorNotice error={profile.error} onRetry={() => void profile.refetch()} />
        ) : profile.data ? (
          <Facts
            facts={[
              [t('username'), profile.data.username],
              [t('name'), [profile.data.firstName, profile.data.lastName].join(' ').trim()],
              [t('email'), profile.data.email ?? ''],
            ]}
          />
        ) : (
          <Skeleton lines={3} />
        )}
      </Panel>
    </Page>
  );
}
