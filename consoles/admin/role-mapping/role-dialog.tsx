import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { TextArea, TextField } from '../../kit/fields/text-field.js';
import { FormDialog } from '../../kit/overlays/form-dialog.js';
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
  const form = useForm<EditedRole>({ defaultValues: { name: role?.name ?? '', description: role?.description ?? '' } });
  const saving = useMutation({ mutationFn: save, onSuccess: onClose });
  return (
    <FormDialog
      title={role ? t('edit', { name: role.name }) : t('create')}
      action={t('save')}
      busy={saving.isPending}
      error={saving.error}
      noValidate
      onSubmit={form.handleSubmit((values) => saving.mutate(values))}
      onClose={onClose}
    >
      <TextField
        code
        label={t('name')}
        error={form.formState.errors.name && t('required')}
        {...form.register('name', { required: true })}
      />
      <TextArea rows={2} label={t('description')} {...form.register('description')} />
    </FormDialog>
  );
}
