import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { useSession } from '../../../kit/shell/session-provider.js';
import { useAccount } from '../../account-context.js';
import type { CredentialKind } from './credential-kind.js';
import { KindPanel } from './kind-panel.js';
import { useText } from './messages/use-text.js';

/** What the person can prove. New passwords and apps are made at the login pages, where a new proof is asked for. */
export function SigningInPage(): ReactNode {
  const t = useText();
  const { api } = useAccount();
  const session = useSession();
  const toast = useToast();
  const kinds = useQuery({
    queryKey: ['credentials'],
    queryFn: ({ signal }) => api.get<readonly CredentialKind[]>('/credentials', {}, signal),
  });
  useEffect(() => {
    const outcome = session.takeOutcome();
    if (!outcome) return;
    const said = outcome.action === 'UPDATE_PASSWORD' || outcome.action === 'CONFIGURE_TOTP' ? outcome.action : 'done';
    toast(t(outcome.done ? `outcome.${said}` : 'outcome.left'));
  }, [session, toast, t]);
  return (
    <Page title={t('title')} description={t('about')}>
      {kinds.error && <ErrorNotice error={kinds.error} onRetry={() => void kinds.refetch()} />}
      {kinds.isPending && (
        <Panel>
          <Skeleton lines={4} />
        </Panel>
      )}
      {kinds.data?.map((kind) => (
        <KindPanel key={kind.type} kind={kind} />
      ))}
    </Page>
  );
}
