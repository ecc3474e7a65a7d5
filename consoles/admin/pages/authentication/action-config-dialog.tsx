import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { FormDialog } from '../../../kit/overlays/form-dialog.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { ConfigFields, firstValues } from '../../flows/config-fields.js';
import type { ConfigProperty } from '../../flows/flow-api.js';
import { useText } from './messages/use-text.js';

interface ActionConfigDialogProps {
  readonly action: { readonly alias: string; readonly name: string };
  readonly onClose: () => void;
}

/** The settings of a required action, as the server describes them. */
export function ActionConfigDialog({ action, onClose }: ActionConfigDialogProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const path = `/authentication/required-actions/${encodeURIComponent(action.alias)}`;
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const read = useQuery({
    queryKey: ['required-actions', useRealmName(), action.alias, 'config'],
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const { properties } = await api.get<{ readonly properties: readonly ConfigProperty[] }>(
        `${path}/config-description`,
        {},
        signal,
      );
      if (properties.length === 0) return { properties, values: {} };
      const { config } = await api.get<{ readonly config: Readonly<Record<string, string>> }>(
        `${path}/config`,
        {},
        signal,
      );
      return { properties, values: { ...firstValues(properties, undefined), ...config } };
    },
  });
  const values = { ...read.data?.values, ...changed };
  const save = useMutation({ mutationFn: () => api.put(`${path}/config`, { config: values }), onSuccess: onClose });
  const isEmpty = read.data?.properties.length === 0;
  return (
    <FormDialog
      title={t('configOf', { name: action.name })}
      action={isEmpty ? undefined : t('save')}
      busy={save.isPending}
      disabled={!read.data}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {read.error && <ErrorNotice error={read.error} onRetry={() => void read.refetch()} />}
      {read.isPending && <Skeleton />}
      {isEmpty && <p>{t('nothingToConfigure')}</p>}
      {read.data && (
        <ConfigFields
          properties={read.data.properties}
          values={values}
          onChange={(name, value) => setChanged((before) => ({ ...before, [name]: value }))}
        />
      )}
    </FormDialog>
  );
}
