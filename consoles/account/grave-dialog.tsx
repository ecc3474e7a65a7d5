import { useState, type ReactNode } from 'react';
import { Notice } from '../kit/feedback/notice.js';
import { ConfirmDialog } from '../kit/overlays/confirm-dialog.js';
import { useText } from './messages/use-text.js';
import { useProof } from './use-proof.js';

interface GraveDialogProps {
  readonly title: string;
  readonly action: string;
  readonly children: ReactNode;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before a deed, and for a new proof of who is there when the session is old. */
export function GraveDialog({ onConfirm, children, ...rest }: GraveDialogProps): ReactNode {
  const t = useText();
  const { isNeeded, prove } = useProof();
  const [asksFirst] = useState(isNeeded);
  return (
    <ConfirmDialog danger {...rest} onConfirm={() => prove().then(onConfirm)}>
      <p>{children}</p>
      {asksFirst && <Notice>{t('proofFirst')}</Notice>}
    </ConfirmDialog>
  );
}
