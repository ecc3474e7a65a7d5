import type { ReactNode } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { Notice } from '../../../kit/feedback/notice.js';
import { FormDialog } from '../../../kit/overlays/form-dialog.js';
import { ActionChoices } from './action-choices.js';
import { useText } from './messages/use-text.js';
import { useUser, useUserApi, useUserDeed } from './use-user.js';

/** Sends a mail whose link asks the user for what is picked: a new password, an authenticator app. */
export function MailDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const api = useUserApi();
  const { data: user } = useUser();
  const { register, handleSubmit, control } = useForm<{ actions: string[] }>({
    defaultValues: { actions: ['UPDATE_PASSWORD'] },
  });
  const chosen = useWatch({ control, name: 'actions' });
  const send = useUserDeed(
    ({ actions }: { readonly actions: readonly string[] }) => api.put('/execute-actions-email', actions),
    t('mail.done'),
  );
  const hasAddress = user?.email !== undefined;
  return (
    <FormDialog
      title={t('mail')}
      action={t('send')}
      busy={send.isPending}
      disabled={!hasAddress || chosen.length === 0}
      error={send.error}
      onSubmit={handleSubmit((values) => send.mutate(values, { onSuccess: onClose }))}
      onClose={onClose}
    >
      {!hasAddress && <Notice kind="warning">{t('mail.noAddress')}</Notice>}
      <p>{t('mail.about')}</p>
      <ActionChoices register={register('actions')} />
    </FormDialog>
  );
}
