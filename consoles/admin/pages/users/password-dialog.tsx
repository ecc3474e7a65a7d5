import { useId, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Switch } from '../../../kit/fields/switch.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useKitText } from '../../../kit/messages/use-kit-text.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { useText } from './messages/use-text.js';
import { useUserApi, useUserDeed } from './use-user.js';

interface PasswordValues {
  readonly password: string;
  readonly repeated: string;
  readonly temporary: boolean;
}

/** Gives the user a password, for the next login only unless said otherwise. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const kit = useKitText();
  const api = useUserApi();
  const id = useId();
  const { register, handleSubmit, formState, getValues } = useForm<PasswordValues>({
    defaultValues: { password: '', repeated: '', temporary: true },
  });
  const set = useUserDeed(
    ({ password, temporary }: PasswordValues) =>
      api.put('/reset-password', { type: 'password', value: password, temporary }),
    t('password.done'),
  );
  return (
    <Dialog
      title={t('password')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{kit('cancel')}</Button>
          <Button type="submit" form={id} look="primary" busy={set.isPending}>
            {t('password')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        onSubmit={(event) => void handleSubmit((values) => set.mutate(values, { onSuccess: onClose }))(event)}
      >
        <Stack>
          {set.error && <ErrorNotice error={set.error} />}
          <TextField
            type="password"
            autoComplete="new-password"
            label={t('newPassword')}
            error={formState.errors.password?.message}
            {...register('password', { required: t('required') })}
          />
          <TextField
            type="password"
            autoComplete="new-password"
            label={t('password.repeat')}
            error={formState.errors.repeated?.message}
            {...register('repeated', {
              validate: (repeated) => repeated === getValues('password') || t('password.mismatch'),
            })}
          />
          <Switch
            label={t('password.temporary')}
            description={t('password.temporaryAbout')}
            {...register('temporary')}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
