import { useMutation } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '../../kit/actions/button.js';
import { ErrorNotice } from '../../kit/feedback/error-state.js';
import { TextArea, TextField } from '../../kit/fields/text-field.js';
import { Stack } from '../../kit/layout/stack.js';
import { Dialog } from '../../kit/overlays/dialog.js';
import { useText } from './messages/use-text.js';

/** What can be said of a role. */
export interface EditedRole {
  readonly name: string;
  readonly description?: string;
}

interface RoleDialogProps {
  /** Undefined for a new one. */
  readonly role: EditedRole | undefined;
  readonly save: (role: EditedRole) => Promise<unknown>;
  readonly onClose: () => void;
}

/** A role's name and what it is for. */
export function RoleDialog({ role, save, onClose }: RoleDialogProps): ReactNode {
  const t = useText();
  const id = useId();
  const form = useForm<EditedRole>({ defaultValues: { name: role?.name ?? '', description: role?.description ?? '' } });
  const saving = useMutation({ mutationFn: save, onSuccess: onClose });
  return (
    <Dialog
      title={role ? t('edit', { name: role.name }) : t('create')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={id} look="primary" busy={saving.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={(event) => void form.handleSubmit((values) => saving.mutate(values))(event)}>
        <Stack>
          {saving.error && <ErrorNotice error={saving.error} />}
          <TextField
            code
            label={t('name')}
            error={form.formState.errors.name && t('required')}
            {...form.register('name', { required: true })}
          />
          <TextArea rows={2} label={t('description')} {...form.register('description')} />
        </Stack>
      </form>
    </Dialog>
  );
}
