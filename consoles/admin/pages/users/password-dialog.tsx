import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { Switch } from '../../../kit/fields/switch.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { FormDialog } from '../../../kit/overlays/form-dialog.js';
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
  const api = useUserApi();
  const { register, handleSubmit, formState, getValues } = useForm<PasswordValues>({
    defaultValues: { password: '', repeated: '', temporary: true },
  });
  const set = useUserDeed(
    ({ password, temporary }: PasswordValues) =>
      api.put('/reset-password', { type: 'password', value: password, temporary }),
    t('password.done'),
  );
  return (
    <FormDialog
      title={t('password')}
      action={t('password')}
      busy={set.isPending}
      error={set.error}
      noValidate
      onSubmit={handleSubmit((values) => set.mutate(values, { onSuccess: onClose }))}
      onClose={onClose}
    >
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
      <Switch label={t('password.temporary')} description={t('password.temporaryAbout')} {...register('temporary')} />
    </FormDialog>
  );
}
