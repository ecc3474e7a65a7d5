import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../actions/button.js';
import { ErrorNotice } from '../feedback/error-state.js';
import { useKitText } from '../messages/use-kit-text.js';
import { Dialog } from './dialog.js';

interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen, and to whom. */
  readonly children: ReactNode;
  /** The verb of the deed: "Delete", never "OK". */
  readonly action: string;
  readonly danger?: boolean;
  /** Does it; while it fails the dialog stays and says why. */
  readonly onConfirm: () => Promise<unknown>;
  /** Called after it was done, and when the person thought better of it. */
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  title,
  children,
  action,
  danger = false,
  onConfirm,
  onClose,
}: ConfirmDialogProps): ReactNode {
  const t = useKitText();
  const deed = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look={danger ? 'danger' : 'primary'} busy={deed.isPending} onClick={() => deed.mutate()}>
            {action}
          </Button>
        </>
      }
    >
      {deed.error && <ErrorNotice error={deed.error} />}
      {children}
    </Dialog>
  );
}
