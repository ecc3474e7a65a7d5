import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '../../kit/actions/button.js';
import { ErrorNotice } from '../../kit/feedback/error-state.js';
import { Notice } from '../../kit/feedback/notice.js';
import { useToast } from '../../kit/feedback/toasts.js';
import { useRealmApi, useRealmName } from '../admin-context.js';
import type { PendingBinding } from './flow-api.js';
import { usePendingBindings } from './flow-queries.js';
import { useText } from './messages/use-text.js';
import { usePlaceText } from './place-text.js';

/** Bindings on trial: how long they have, and the two ways out. */
export function PendingNotices(): ReactNode {
  const pending = usePendingBindings();
  return (pending.data ?? []).map((one) => <PendingNotice key={one.id} pending={one} />);
}

function PendingNotice({ pending }: { readonly pending: PendingBinding }): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const client = useQueryClient();
  const toast = useToast();
  const placeText = usePlaceText();
  const left = useSecondsUntil(pending.dueAt);
  const path = `/authentication/pending-bindings/${encodeURIComponent(pending.id)}`;
  const settle = useMutation({
    mutationFn: async (keep: boolean) => {
      if (keep) await api.post(`${path}/confirm`);
      else await api.delete(path);
      return keep;
    },
    onSuccess: (keep) => {
      toast(t(keep ? 'trialKept' : 'trialReturned'));
      return client.invalidateQueries({ queryKey: ['flows', realm] });
    },
  });
  return (
    <Notice
      kind="warning"
      title={t('onTrial', { place: placeText(pending.field, pending.client), flow: pending.to ?? '' })}
      actions={
        <>
          <Button look="primary" busy={settle.isPending} onClick={() => settle.mutate(true)}>
            {t('keep')}
          </Button>
          <Button disabled={settle.isPending} onClick={() => settle.mutate(false)}>
            {t('bringBack')}
          </Button>
        </>
      }
    >
      <p>
        {t('onTrialAbout', {
          flow: pending.from ?? t('noFlow'),
          time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`,
        })}
      </p>
      {settle.error && <ErrorNotice error={settle.error} />}
    </Notice>
  );
}

/** Whole seconds until an instant (milliseconds); 0 when it is over. */
function useSecondsUntil(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((at - now) / 1_000));
}
