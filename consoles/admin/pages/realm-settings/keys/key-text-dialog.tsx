import { useState, type ReactNode } from 'react';
import { Button } from '../../../../kit/actions/button.js';
import { TextArea } from '../../../../kit/fields/text-field.js';
import { DateTime } from '../../../../kit/format/date-time.js';
import { pemOf } from '../../../../kit/format/pem.js';
import { Facts } from '../../../../kit/layout/panel.js';
import { Stack } from '../../../../kit/layout/stack.js';
import { Dialog } from '../../../../kit/overlays/dialog.js';
import { nameOf, type KeyRow } from './key-table.js';
import { useText } from './messages/use-text.js';

interface KeyTextDialogProps {
  readonly what: 'publicKey' | 'certificate';
  readonly row: KeyRow;
  readonly onClose: () => void;
}

/** The public part of a key, to copy. */
export function KeyTextDialog({ what, row, onClose }: KeyTextDialogProps): ReactNode {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const { key } = row;
  const text = pemOf(what === 'certificate' ? 'CERTIFICATE' : 'PUBLIC KEY', key[what] ?? '');
  return (
    <Dialog
      wide
      title={t(`${what}Of`, { name: nameOf(row) })}
      onClose={onClose}
      actions={
        <Button
          icon={copied ? 'check' : 'copy'}
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          {t(copied ? 'copied' : 'copy')}
        </Button>
      }
    >
      <Stack>
        {what === 'certificate' && key.validTo !== undefined && (
          <Facts facts={[[t('validTo'), <DateTime key="validTo" at={key.validTo} />]]} />
        )}
        <TextArea code readOnly label={t(what)} rows={12} value={text} />
      </Stack>
    </Dialog>
  );
}
