import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiError } from '../../../kit/api/api-error.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { Muted } from '../../../kit/layout/stack.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { FormDialog } from '../../../kit/overlays/form-dialog.js';
import { useRealmName } from '../../admin-context.js';
import { ConfigFields, firstValues } from '../../flows/config-fields.js';
import type { ConfigDescription, Execution, StepConfig } from '../../flows/flow-api.js';
import { useDescription, useStepConfig } from '../../flows/flow-queries.js';
import { EditTrouble } from './edit-trouble.js';
import { useText } from './messages/use-text.js';
import type { FlowEdits } from './use-flow-edits.js';

interface ConfigDialogProps {
  readonly alias: string;
  readonly execution: Execution;
  readonly edits: FlowEdits;
  readonly readOnly: boolean;
  readonly onClose: () => void;
}

/** The settings of a step, as its provider describes them. */
export function ConfigDialog(props: ConfigDialogProps): ReactNode {
  const t = useText();
  const { execution, onClose } = props;
  const description = useDescription(execution.providerId ?? '');
  const stored = useStepConfig(execution.authenticationConfig);
  const isThere = execution.authenticationConfig === undefined || stored.data !== undefined;
  if (description.data && isThere) return <ConfigForm {...props} description={description.data} stored={stored.data} />;
  return (
    <Dialog title={t('configOf', { name: execution.displayName })} onClose={onClose}>
      {(description.error ?? stored.error) ? <ErrorNotice error={description.error ?? stored.error} /> : <Skeleton />}
    </Dialog>
  );
}

interface ConfigFormProps extends ConfigDialogProps {
  readonly description: ConfigDescription;
  readonly stored: StepConfig | undefined;
}

function ConfigForm({ alias, execution, edits, readOnly, onClose, description, stored }: ConfigFormProps): ReactNode {
  const t = useText();
  const realm = useRealmName();
  const queries = useQueryClient();
  // Names of configs are unique in the realm, so the flow is part of the suggestion.
  const [name, setName] = useState(stored?.alias ?? `${execution.displayName} - ${alias}`);
  const [values, setValues] = useState(() => firstValues(description.properties, stored?.config));
  const save = useMutation({
    mutationFn: () =>
      edits.attempt(async (api, ifMatch) => {
        const body = { alias: name.trim(), config: values };
        if (stored?.id === undefined)
          return api.send(`/authentication/executions/${execution.id}/config`, { method: 'POST', body, ifMatch });
        return api.put(`/authentication/config/${stored.id}`, { ...body, id: stored.id }, ifMatch);
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['flows', realm, 'config'] });
      onClose();
    },
  });
  const { error } = save;
  const field = error instanceof ApiError ? error.field : undefined;
  const isOfField = field !== undefined && description.properties.some((property) => property.name === field);
  return (
    <FormDialog
      title={t('configOf', { name: execution.displayName })}
      action={readOnly ? undefined : t('save')}
      busy={save.isPending}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {error && !isOfField && (
        <EditTrouble alias={alias} error={error} onAgain={() => void edits.reload().then(() => save.mutate())} />
      )}
      <Muted>{description.helpText}</Muted>
      <TextField
        label={t('configName')}
        required
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <ConfigFields
        properties={description.properties}
        values={values}
        onChange={(member, value) => setValues((before) => ({ ...before, [member]: value }))}
        errors={isOfField && error instanceof ApiError ? { [field]: error.sentence } : {}}
      />
    </FormDialog>
  );
}
