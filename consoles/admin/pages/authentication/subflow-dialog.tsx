import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Select } from '../../../kit/fields/select.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { FormDialog } from '../../../kit/overlays/form-dialog.js';
import type { Execution, Flow, Requirement } from '../../flows/flow-api.js';
import { flowPath } from '../../flows/flow-queries.js';
import { useText as useFlowText } from '../../flows/messages/use-text.js';
import { EditTrouble } from './edit-trouble.js';
import { useText } from './messages/use-text.js';
import type { FlowEdits } from './use-flow-edits.js';

interface SubflowDialogProps {
  /** The flow that is edited. */
  readonly alias: string;
  /** The flow or sub-flow it goes into. */
  readonly into: Pick<Flow, 'alias'>;
  /** The sub-flow whose name is changed; absent for a new one. */
  readonly renamed?: Execution;
  readonly edits: FlowEdits;
  readonly onClose: () => void;
}

const REQUIREMENTS: readonly Requirement[] = ['REQUIRED', 'ALTERNATIVE', 'CONDITIONAL', 'DISABLED'];

/** Makes a sub-flow, or changes the name of one. */
export function SubflowDialog({ alias, into, renamed, edits, onClose }: SubflowDialogProps): ReactNode {
  const t = useText();
  const tf = useFlowText();
  const [name, setName] = useState(renamed?.displayName ?? '');
  const [description, setDescription] = useState(renamed?.description ?? '');
  const [kind, setKind] = useState('basic-flow');
  const [requirement, setRequirement] = useState<Requirement>('CONDITIONAL');
  const make = useMutation({
    mutationFn: () =>
      edits.attempt(async (api, ifMatch) => {
        if (renamed)
          return api.put(
            `${flowPath(alias)}/executions`,
            { ...renamed, displayName: name.trim(), description },
            ifMatch,
          );
        await api.send(`${flowPath(into.alias)}/executions/flow`, {
          method: 'POST',
          ifMatch,
          body: { alias: name.trim(), description, type: kind, provider: 'registration-page-form' },
        });
        // It comes switched off, so that a half-built flow does not take effect.
        const rows = await api.get<readonly Execution[]>(`${flowPath(alias)}/executions`);
        const made = rows.find((row) => row.authenticationFlow === true && row.displayName === name.trim());
        return made && api.put(`${flowPath(alias)}/executions`, { ...made, requirement });
      }),
    onSuccess: onClose,
  });
  return (
    <FormDialog
      title={renamed ? t('renameSubflow', { name: renamed.displayName }) : t('addSubflowTo', { flow: into.alias })}
      action={t(renamed ? 'save' : 'add')}
      busy={make.isPending}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      {make.error && (
        <EditTrouble alias={alias} error={make.error} onAgain={() => void edits.reload().then(() => make.mutate())} />
      )}
      <TextField
        label={t('name')}
        required
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <TextField
        label={t('description')}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      {!renamed && (
        <>
          <Select
            label={t('requirement')}
            description={t('requirementAbout')}
            value={requirement}
            choices={REQUIREMENTS.map((value) => ({ value, label: tf(`requirement.${value}`) }))}
            onChange={({ currentTarget }) => setRequirement(currentTarget.value as Requirement)}
          />
          <Select
            label={t('kind')}
            value={kind}
            choices={(['basic-flow', 'form-flow'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={({ currentTarget }) => setKind(currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
