import { useId, type ReactNode } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useKitText } from '../../../kit/messages/use-kit-text.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { ActionChoices } from './action-choices.js';
import { useText } from './messages/use-text.js';
import { useUser, useUserApi, useUserDeed } from './use-user.js';

/** Sends a mail whose link asks the user for what is picked: a new password, an authenticator app. */
export function MailDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const kit = useKitText();
  const api = useUserApi();
  const { data: user } = useUser();
  const id = useId();
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
    <Dialog
      title={t('mail')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{kit('cancel')}</Button>
          <Button
            type="submit"
            form={id}
            look="primary"
            busy={send.isPending}
            disabled={!hasAddress || chosen.length === 0}
          >
            {t('send')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => void handleSubmit((values) => send.mutate(values, { onSuccess: onClose }))(event)}
      >
        <Stack>
          {send.error && <ErrorNotice error={send.error} />}
          {!hasAddress && <Notice kind="warning">{t('mail.noAddress')}</Notice>}
          <p>{t('mail.about')}</p>
          <ActionChoices register={register('actions')} />
        </Stack>
      </form>
    </Dialog>
  );
}
