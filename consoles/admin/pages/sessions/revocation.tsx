import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Facts, Panel } from '../../../kit/layout/panel.js';
import { Muted, Row } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';

/** Who was told at its admin URL, by address; an empty list is left out. */
interface PushResult {
  readonly successRequests?: readonly string[];
  readonly failedRequests?: readonly string[];
}

/** The realm's not-before: tokens issued earlier do not count. */
export function Revocation(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const may = useMay();
  const toast = useToast();
  const [isAsked, setIsAsked] = useState(false);
  const queries = useQueryClient();
  const shown = useQuery({
    queryKey: ['realm', realm, 'not-before'],
    // Who may not look at the realm is told its name only.
    queryFn: async ({ signal }) => (await api.get<{ readonly notBefore?: number }>('', {}, signal)).notBefore ?? 0,
  });
  const set = useMutation({
    mutationFn: (notBefore: number) => api.put('', { notBefore }),
    onSuccess: async (_, notBefore) => {
      await Promise.all(['sessions', 'realm'].map((noun) => queries.invalidateQueries({ queryKey: [noun, realm] })));
      toast(t(notBefore === 0 ? 'notBefore.cleared' : 'notBefore.set'));
    },
  });
  const push = useMutation({ mutationFn: async () => (await api.post<PushResult>('/push-revocation')).value });
  const problem = shown.error ?? set.error ?? push.error;
  return (
    <Panel title={t('revocation')} description={t('revocation.about')}>
      {shown.data === undefined ? (
        !shown.error && <Skeleton lines={2} />
      ) : (
        <Facts
          facts={[
            [
              t('notBefore'),
              shown.data === 0 ? <Muted key="none">{t('notBefore.none')}</Muted> : <DateTime at={shown.data * 1000} />,
            ],
          ]}
        />
      )}
      {problem && <ErrorNotice error={problem} />}
      {may('manage-realm') && (
        <Row>
          <Button busy={set.isPending} onClick={() => setIsAsked(true)}>
            {t('notBefore.now')}
          </Button>
          <Button busy={set.isPending} disabled={!shown.data} onClick={() => set.mutate(0)}>
            {t('notBefore.clear')}
          </Button>
          <Button busy={push.isPending} onClick={() => push.mutate()}>
            {t('push')}
          </Button>
        </Row>
      )}
      {push.data && <Answers {...push.data} />}
      {isAsked && (
        <ConfirmDialog
          danger
          title={t('notBefore.title', { realm })}
          action={t('notBefore.now')}
          onConfirm={() => set.mutateAsync(Math.floor(Date.now() / 1000))}
          onClose={() => setIsAsked(false)}
        >
          <p>{t('notBefore.about')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function Answers({ successRequests: told = [], failedRequests: missed = [] }: PushResult): ReactNode {
  const t = useText();
  if (told.length + missed.length === 0) return <Notice>{t('push.nobody')}</Notice>;
  return (
    <>
      {told.length > 0 && (
        <Notice kind="success" title={t('push.told', { count: told.length })}>
          <Addresses of={told} />
        </Notice>
      )}
      {missed.length > 0 && (
        <Notice kind="danger" title={t('push.missed', { count: missed.length })}>
          <Addresses of={missed} />
        </Notice>
      )}
    </>
  );
}

const Addresses = ({ of }: { readonly of: readonly string[] }): ReactNode => (
  <ul>
    {of.map((address) => (
      <li key={address}>
        <code>{address}</code>
      </li>
    ))}
  </ul>
);
