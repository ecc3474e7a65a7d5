import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { useAccount } from '../../account-context.js';
import { GraveDialog } from '../../grave-dialog.js';
import { placed, type LoginDevice, type PlacedSession } from './login-session.js';
import { useText } from './messages/use-text.js';
import { SessionPanel, useSessionName } from './session-panel.js';

/** Sessions that are drawn at first, and with each wish for more. */
const STEP = 20;

/** Where the person is signed in, and what ends that. */
export function SessionsPage(): ReactNode {
  const t = useText();
  const { api } = useAccount();
  const nameOf = useSessionName();
  const cache = useQueryClient();
  const toast = useToast();
  const [ending, setEnding] = useState<PlacedSession | 'others'>();
  const [shown, setShown] = useState(STEP);
  const devices = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => api.get<readonly LoginDevice[]>('/sessions/devices', {}, signal),
  });
  const sessions = placed(devices.data ?? []);
  const others = sessions.filter(({ current = false }) => !current);
  const end = async (path: string, said: string): Promise<void> => {
    await api.delete(path);
    await Promise.all(['sessions', 'applications'].map((noun) => cache.invalidateQueries({ queryKey: [noun] })));
    toast(said);
  };
  return (
    <Page
      title={t('title')}
      description={t('about')}
      actions={
        <>
          <Button icon="refresh" busy={devices.isFetching} onClick={() => void devices.refetch()}>
            {t('refresh')}
          </Button>
          {others.length > 0 && (
            <Button look="danger" onClick={() => setEnding('others')}>
              {t('endOthers')}
            </Button>
          )}
        </>
      }
    >
      {devices.error && <ErrorNotice error={devices.error} onRetry={() => void devices.refetch()} />}
      {devices.isPending && (
        <Panel>
          <Skeleton lines={5} />
        </Panel>
      )}
      {sessions.slice(0, shown).map((session) => (
        <SessionPanel key={session.id} session={session} onEnd={() => setEnding(session)} />
      ))}
      {sessions.length > shown && (
        <div>
          <Button onClick={() => setShown(shown + STEP)}>{t('more')}</Button>
        </div>
      )}
      {ending === 'others' && (
        <GraveDialog
          title={t('endOthersTitle')}
          action={t('endOthers')}
          onConfirm={() => end('/sessions', t('othersEnded'))}
          onClose={() => setEnding(undefined)}
        >
          {t('endOthersAbout', { count: others.length })}
        </GraveDialog>
      )}
      {ending !== undefined && ending !== 'others' && (
        <GraveDialog
          title={t('endTitle')}
          action={t('end')}
          onConfirm={() => end(`/sessions/${encodeURIComponent(ending.id)}`, t('ended'))}
          onClose={() => setEnding(undefined)}
        >
          {t('endAbout', { name: nameOf(ending), address: ending.ipAddress })}
        </GraveDialog>
      )}
    </Page>
  );
}
