import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Select } from '../../../kit/fields/select.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { FormDialog } from '../../../kit/overlays/form-dialog.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import type { Flow } from '../../flows/flow-api.js';
import { flowPath } from '../../flows/flow-queries.js';
import { useText } from './messages/use-text.js';

interface NamedFlowDialogProps {
  readonly title: string;
  readonly action: string;
  readonly suggestion: string;
  readonly kinds: boolean;
  readonly make: (input: {
    readonly alias: string;
    readonly description: string;
    readonly kind: string;
  }) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks for the name of a new flow, makes it, and goes there. */
function NamedFlowDialog({ title, action, suggestion, kinds, make, onClose }: NamedFlowDialogProps): ReactNode {
  const t = useText();
  const to = useTo();
  const goOn = useGoOn();
  const toast = useToast();
  const client = useQueryClient();
  const realm = useRealmName();
  const [alias, setAlias] = useState(suggestion);
  const [description, setDescription] = useState('');
  const [kind, setKind] = useState('basic-flow');
  const deed = useMutation({
    mutationFn: () => make({ alias: alias.trim(), description, kind }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['flows', realm] });
      toast(t('flowMade', { name: alias.trim() }));
      onClose();
      await goOn(to('authentication', 'flows', alias.trim()));
    },
  });
  return (
    <FormDialog
      title={title}
      action={action}
      busy={deed.isPending}
      error={deed.error}
      onSubmit={() => deed.mutate()}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        required
        value={alias}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onChange={({ currentTarget }) => setAlias(currentTarget.value)}
      />
      {kinds && (
        <>
          <TextField
            label={t('description')}
            value={description}
            onChange={({ currentTarget }) => setDescription(currentTarget.value)}
          />
          <Select
            label={t('kind')}
            value={kind}
            choices={[
              { value: 'basic-flow', label: t('kind.basic-flow') },
              { value: 'client-flow', label: t('kind.client-flow') },
            ]}
            onChange={({ currentTarget }) => setKind(currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}

/** Makes an empty flow. */
export function CreateFlowDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const api = useRealmApi();
  return (
    <NamedFlowDialog
      title={t('createFlow')}
      action={t('create')}
      suggestion=""
      kinds
      make={({ alias, description, kind }) =>
        api.post('/authentication/flows', { alias, description, providerId: kind, topLevel: true, builtIn: false })
      }
      onClose={onClose}
    />
  );
}

/** Makes a copy of a flow, with everything in it. */
export function CopyFlowDialog({ flow, onClose }: { readonly flow: Flow; readonly onClose: () => void }): ReactNode {
  const t = useText();
  const api = useRealmApi();
  return (
    <NamedFlowDialog
      title={t('duplicateFlow', { name: flow.alias })}
      action={t('duplicate')}
      suggestion={t('copyOf', { name: flow.alias })}
      kinds={false}
      make={({ alias }) => api.post(`${flowPath(flow.alias)}/copy`, { newName: alias })}
      onClose={onClose}
    />
  );
}

interface DeleteFlowDialogProps {
  readonly flow: Flow;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Removes a flow; the server refuses one that is used, and says by what. */
export function DeleteFlowDialog({ flow, onClose, onDeleted }: DeleteFlowDialogProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const client = useQueryClient();
  const toast = useToast();
  return (
    <ConfirmDialog
      title={t('deleteFlow', { name: flow.alias })}
      action={t('delete')}
      danger
      onConfirm={async () => {
        await api.delete(`/authentication/flows/${encodeURIComponent(flow.id)}`);
        toast(t('flowDeleted', { name: flow.alias }));
        onDeleted?.();
        await client.invalidateQueries({ queryKey: ['flows', realm, 'list'] });
      }}
      onClose={onClose}
    >
      <p>{t('deleteFlowAbout')}</p>
    </ConfirmDialog>
  );
}
