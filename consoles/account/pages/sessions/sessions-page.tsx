import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Paging } from '../../../kit/data/paging.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel, PanelList } from '../../../kit/layout/panel.js';
import { useAccount } from '../../account-context.js';
import { GraveDialog } from '../../grave-dialog.js';
import { placed, type LoginDevice, type PlacedSession } from './login-session.js';
import { useText } from './messages/use-text.js';
import { SessionPanel, useSessionName } from './session-panel.js';

/** Where the person is signed in, a page at a time, and what ends that. */
export function SessionsPage(): ReactNode {
  const t = useText();
  const { api } = useAccount();
  const nameOf = useSessionName();
  const cache = useQueryClient();
  const toast = useToast();
  const [ending, setEnding] = useState<PlacedSession | 'others'>();
  const { first, onPage } = useListAddress();
  const devices = useQuery({
    queryKey: ['sessions', 'page', first],
    queryFn: ({ signal }) => api.get<readonly LoginDevice[]>('/sessions/devices', { first, max: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
  const count = useQuery({
    queryKey: ['sessions', 'count'],
    queryFn: ({ signal }) => api.get<{ readonly count: number }>('/sessions/count', {}, signal),
  });
  const sessions = placed(devices.data ?? []);
  const total = count.data?.count ?? first + sessions.length;
  const others = total - 1;
  const refresh = (): Promise<void> => cache.invalidateQueries({ queryKey: ['sessions'] });
  const turn = (to: number): void => {
    onPage(to);
    scrollTo({ top: 0 });
  };
  const end = async (path: string, said: string, left: number): Promise<void> => {
    await api.delete(path);
    // The page may have been the last one.
    if (left <= first) onPage(Math.floor((left - 1) / PAGE_SIZE) * PAGE_SIZE);
    await Promise.all([refresh(), cache.invalidateQueries({ queryKey: ['applications'] })]);
    toast(said);
  };
  return (
    <Page
      title={t('title')}
      description={t('about')}
      actions={
        <>
          <Button icon="refresh" busy={devices.isFetching} onClick={() => void refresh()}>
            {t('refresh')}
          </Button>
          {others > 0 && (
            <Button look="danger" onClick={() => setEnding('others')}>
              {t('endOthers')}
            </Button>
          )}
        </>
      }
    >
      {devices.error && <ErrorNotice error={devices.error} onRetry={() => void refresh()} />}
      {devices.isPending && (
        <Panel>
          <Skeleton lines={5} />
        </Panel>
      )}
      {sessions.length > 0 && (
        <PanelList>
          {sessions.map((session) => (
            <SessionPanel key={session.id} session={session} onEnd={() => setEnding(session)} />
          ))}
        </PanelList>
      )}
      {(first > 0 || total > PAGE_SIZE) && (
        <Paging first={first} size={PAGE_SIZE} shown={sessions.length} total={total} onChange={turn} />
      )}
      {ending === 'others' && (
        <GraveDialog
          title={t('endOthersTitle')}
          action={t('endOthers')}
          onConfirm={() => end('/sessions', t('othersEnded'), 1)}
          onClose={() => setEnding(undefined)}
        >
          {t('endOthersAbout', { count: others })}
        </GraveDialog>
      )}
      {ending !== undefined && ending !== 'others' && (
        <GraveDialog
          title={t('endTitle')}
          action={t('end')}
          onConfirm={() => end(`/sessions/${encodeURIComponent(ending.id)}`, t('ended'), total - 1)}
          onClose={() => setEnding(undefined)}
        >
          {t('endAbout', { name: nameOf(ending), address: ending.ipAddress })}
        </GraveDialog>
      )}
    </Page>
  );
}
