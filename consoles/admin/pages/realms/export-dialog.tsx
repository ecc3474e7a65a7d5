import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Checkbox } from '../../../kit/fields/switch.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { useAdmin } from '../../admin-context.js';
import { useText } from './messages/use-text.js';

/** Asks what belongs into the file, and hands it over. */
export function ExportDialog({ realm, onClose }: { readonly realm: string; readonly onClose: () => void }): ReactNode {
  const t = useText();
  const { api } = useAdmin();
  const [clients, setClients] = useState(true);
  const [roles, setRoles] = useState(true);
  const run = useMutation({
    mutationFn: () =>
      api
        .below('admin', 'realms', realm)
        .post<unknown>('/partial-export', undefined, { exportClients: clients, exportGroupsAndRoles: roles }),
    onSuccess: ({ value }) => {
      save(`${realm}-realm.json`, `${JSON.stringify(value, null, 2)}\n`);
      onClose();
    },
  });
  return (
    <Dialog
      title={t('export.title', { name: realm })}
      onClose={onClose}
      actions={
        <Button look="primary" icon="export" busy={run.isPending} onClick={() => run.mutate()}>
          {t('export')}
        </Button>
      }
    >
      {run.error && <ErrorNotice error={run.error} />}
      <p>{t('export.about')}</p>
      <Checkbox label={t('export.clients')} checked={clients} onChange={() => setClients(!clients)} />
      <Checkbox label={t('export.roles')} checked={roles} onChange={() => setRoles(!roles)} />
    </Dialog>
  );
}

/** Hands a text to the person as a file. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
