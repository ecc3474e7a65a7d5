import { useMutation } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { Stack } from '../../../kit/layout/stack.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
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
  const id = useId();
  const [text, setText] = useState(name);
  const [wasSent, setWasSent] = useState(false);
  const saving = useMutation({ mutationFn: save, onSuccess: onClose });
  return (
    <Dialog
      title={title}
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
      <form
        id={id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setWasSent(true);
          if (text.trim() !== '') saving.mutate(text.trim());
        }}
      >
        <Stack>
          {saving.error && <ErrorNotice error={saving.error} />}
          <TextField
            label={t('name')}
            value={text}
            error={wasSent && text.trim() === '' ? t('required') : undefined}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
