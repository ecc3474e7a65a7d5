import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { TextField } from '../../../kit/fields/text-field.js';
import { FormDialog } from '../../../kit/overlays/form-dialog.js';
import { useText } from './messages/use-text.js';

interface GroupDialogProps {
  readonly title: string;
  readonly name?: string;
  readonly save: (name: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks for the name of a group. */
export function GroupDialog({ title, name = '', save, onClose }: GroupDialogProps): ReactNode {
  const t = useText();
  const [text, setText] = useState(name);
  const [wasSent, setWasSent] = useState(false);
  const saving = useMutation({ mutationFn: save, onSuccess: onClose });
  return (
    <FormDialog
      title={title}
      action={t('save')}
      busy={saving.isPending}
      error={saving.error}
      noValidate
      onSubmit={() => {
        setWasSent(true);
        if (text.trim() !== '') saving.mutate(text.trim());
      }}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        value={text}
        error={wasSent && text.trim() === '' ? t('required') : undefined}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </FormDialog>
  );
}
