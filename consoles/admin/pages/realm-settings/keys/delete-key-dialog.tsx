import type { ReactNode } from 'react';
import { Notice } from '../../../../kit/feedback/notice.js';
import { Stack } from '../../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../../kit/overlays/confirm-dialog.js';
import { useRealmApi } from '../../../admin-context.js';
import { useDeed } from '../../../use-deed.js';
import { isLastActive, type KeyMetadata } from './key-provider.js';
import { nameOf, type KeyRow } from './key-table.js';
import { useText } from './messages/use-text.js';

interface DeleteKeyDialogProps {
  readonly row: KeyRow;
  /** All of the realm. */
  readonly keys: readonly KeyMetadata[];
  readonly onClose: () => void;
}

/** Asks before a key is gone, and with it everything that it signed. */
export function DeleteKeyDialog({ row, keys, onClose }: DeleteKeyDialogProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const name = nameOf(row);
  const remove = useDeed(
    ['keys'],
    (id: string) => api.delete(`/components/${encodeURIComponent(id)}`),
    t('deleted', { name }),
  );
  return (
    <ConfirmDialog
      danger
      title={t('deleteTitle', { name })}
      action={t('delete')}
      onConfirm={() => remove.mutateAsync(row.key.providerId)}
      onClose={onClose}
    >
      <Stack>
        {isLastActive(row.key, keys) && (
          <Notice kind="warning">{t('deleteLast', { algorithm: row.key.algorithm ?? '' })}</Notice>
        )}
        <p>{t(row.key.use === 'ENC' ? 'deleteAboutEncryption' : 'deleteAbout')}</p>
      </Stack>
    </ConfirmDialog>
  );
}
