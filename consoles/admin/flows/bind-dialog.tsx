import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Skeleton } from '../../kit/feedback/loading.js';
import { Notice } from '../../kit/feedback/notice.js';
import { useToast } from '../../kit/feedback/toasts.js';
import { DurationField } from '../../kit/fields/duration-field.js';
import { Select } from '../../kit/fields/select.js';
import { Switch } from '../../kit/fields/switch.js';
import { FormDialog } from '../../kit/overlays/form-dialog.js';
import { useRealmApi, useRealmName } from '../admin-context.js';
import { ClientPicker, type PickedClient } from '../pickers/client-picker.js';
import { bind, channelOf, type BindingTarget } from './bindings.js';
import { BINDING_FIELDS, type BindingField, type Door, type Flow } from './flow-api.js';
import { useBindings, useExecutions, useProof } from './flow-queries.js';
import { useText } from './messages/use-text.js';
import { usePlaceText } from './place-text.js';
import { ProofView } from './proof-view.js';

/** Seconds of a trial unless told otherwise. */
const TRIAL = 300;
const DOORS: readonly Door[] = ['browser', 'direct_grant'];
/** Bindings that take another kind of flow than logins do. */
const CLIENT_FLOWS: readonly BindingField[] = ['clientAuthenticationFlow'];

interface BindDialogProps {
  readonly flow: Flow;
  readonly onClose: () => void;
}

/** Binds a flow to a member of the realm or to a client, for good or on trial. A refusal says why, with the login that shows it. */
export function BindDialog({ flow, onClose }: BindDialogProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const queries = useQueryClient();
  const toast = useToast();
  const placeText = usePlaceText();
  const bindings = useBindings();
  const fields = BINDING_FIELDS.filter((field) => CLIENT_FLOWS.includes(field) === (flow.providerId === 'client-flow'));
  const [place, setPlace] = useState<BindingField | Door>(fields[0] ?? 'browserFlow');
  const [client, setClient] = useState<PickedClient>();
  const [trial, setTrial] = useState(false);
  const [seconds, setSeconds] = useState<number | undefined>(TRIAL);
  const isDoor = (field: BindingField | Door): field is Door => field === 'browser' || field === 'direct_grant';
  const target: BindingTarget | undefined = isDoor(place)
    ? client && { kind: 'client', field: place, client }
    : { kind: 'realm', field: place };
  const proof = useProof(flow.alias, channelOf(place));
  const executions = useExecutions(flow.alias);
  const deed = useMutation({
    mutationFn: async () => {
      if (target) await bind(api, target, flow, trial ? seconds : undefined);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['flows', realm] });
      await queries.invalidateQueries({ queryKey: ['clients', realm] });
      toast(t('bound', { flow: flow.alias, place: placeText(place, client?.clientId) }));
      onClose();
    },
  });
  const now = isDoor(place) ? undefined : bindings.data?.[place];
  return (
    <FormDialog
      title={t('bindFlow', { flow: flow.alias })}
      action={t('bind')}
      busy={deed.isPending}
      disabled={target === undefined}
      error={deed.error}
      onSubmit={() => deed.mutate()}
      onClose={onClose}
    >
      <Select
        label={t('bindAs')}
        value={place}
        choices={[
          ...fields.map((field) => ({ value: field, label: placeText(field) })),
          ...(flow.providerId === 'basic-flow'
            ? DOORS.map((door) => ({ value: door, label: t(`placeOfAnyClient.${door}`) }))
            : []),
        ]}
        onChange={({ currentTarget }) => setPlace(currentTarget.value as BindingField | Door)}
      />
      {isDoor(place) && <ClientPicker label={t('client')} value={client} onChange={setClient} required />}
      {now !== undefined && now !== flow.alias && <p>{t('boundNow', { flow: now })}</p>}
      <Switch
        label={t('trial')}
        description={t('trialAbout')}
        checked={trial}
        onChange={({ currentTarget }) => setTrial(currentTarget.checked)}
      />
      {trial && <DurationField label={t('trialTime')} value={seconds} onChange={setSeconds} />}
      {proof.data && executions.data ? (
        proof.data.verdict === 'green' ? (
          <Notice kind="success" title={t('proofGreen')} />
        ) : (
          <Notice kind="danger" title={t('proofRed')}>
            <ProofView proof={proof.data} executions={executions.data.value} />
          </Notice>
        )
      ) : (
        !proof.error && <Skeleton lines={2} />
      )}
    </FormDialog>
  );
}
