import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { useAccount } from '../../account-context.js';
import type { Credential } from './credential-kind.js';
import { useText } from './messages/use-text.js';

interface RenameDialogProps {
  readonly credential: Credential;
  readonly onClose: () => void;
}

/** Gives a credential another name. */
export function RenameDialog({ credential, onClose }: RenameDialogProps): ReactNode {
  const t = useText();
  const { api } = useAccount();
  const cache = useQueryClient();
  const toast = useToast();
  const form = useId();
  const [name, setName] = useState(credential.userLabel ?? '');
  const rename = useMutation({
    mutationFn: () => api.put(`/credentials/${encodeURIComponent(credential.id)}/label`, name.trim()),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['credentials'] });
      toast(t('renamed'));
      onClose();
    },
  });
  return (
    <Dialog
      title={t('rename')}
      onClose={onClose}
      actions={
        <Button look="primary" type="submit" form={form} busy={rename.isPending}>
          {t('save')}
        </Button>
      }
    >
      {rename.error && <ErrorNotice error={rename.error} />}
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
      >
        <TextField
          label={t('name')}
          description={t('nameAbout')}
          required
          maxLength={255}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
      </form>
    </Dialog>
  );
}
