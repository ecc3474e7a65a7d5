import { useMutation } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Muted, Row } from '../../../kit/layout/stack.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import type { Flow, Provider, Requirement } from '../../flows/flow-api.js';
import { useProviders } from '../../flows/flow-queries.js';
import styles from './add-step-dialog.module.css';
import { EditTrouble } from './edit-trouble.js';
import { useText } from './messages/use-text.js';
import type { FlowEdits } from './use-flow-edits.js';

interface AddStepDialogProps {
  readonly alias: string;
  readonly what: 'step' | 'condition';
  /** The flow or sub-flow it goes into. */
  readonly into: Pick<Flow, 'id' | 'alias' | 'providerId'>;
  readonly edits: FlowEdits;
  /** @param id execution that was made; absent when nothing was */
  readonly onClose: (id?: string) => void;
}

const GROUPS = ['finds', 'proves', 'limits', 'condition', 'other', 'later'] as const;
type Group = (typeof GROUPS)[number];

function groupOf({ kind, available, limitsSessions, proves, findsUser }: Provider): Group {
  if (available === false) return 'later';
  if (kind === 'condition') return 'condition';
  if (limitsSessions === true) return 'limits';
  if (proves !== undefined) return 'proves';
  return findsUser === true ? 'finds' : 'other';
}

/** A step that was just placed takes effect where it may be REQUIRED; otherwise as its provider would have it. */
const requirementOf = ({ requirementChoices = ['REQUIRED'] }: Provider): Requirement =>
  requirementChoices.includes('REQUIRED') ? 'REQUIRED' : (requirementChoices[0] ?? 'DISABLED');

/** What can be placed in a flow, searched and grouped by what it is for. */
export function AddStepDialog({ alias, what, into, edits, onClose }: AddStepDialogProps): ReactNode {
  const t = useText();
  const name = useId();
  const providers = useProviders(into.providerId);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Provider>();
  const add = useMutation({
    mutationFn: async (provider: Provider) => {
      let id: string | undefined;
      await edits.attempt(async (api, ifMatch) => {
        const made = await api.send('/authentication/executions', {
          method: 'POST',
          ifMatch,
          body: { parentFlow: into.id, authenticator: provider.id, requirement: requirementOf(provider) },
        });
        id = made.createdId;
      });
      return id;
    },
    onSuccess: (id) => onClose(id),
  });
  const fits = (providers.data ?? []).filter(
    (provider) =>
      (provider.kind === 'condition') === (what === 'condition') &&
      `${provider.displayName} ${provider.description} ${provider.id}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <Dialog
      wide
      title={t(what === 'condition' ? 'addConditionTo' : 'addStepTo', { flow: into.alias })}
      onClose={() => onClose()}
      actions={
        <>
          <Button onClick={() => onClose()}>{t('cancel')}</Button>
          <Button
            look="primary"
            busy={add.isPending}
            disabled={chosen === undefined}
            onClick={() => chosen && add.mutate(chosen)}
          >
            {t('add')}
          </Button>
        </>
      }
    >
      {add.error && (
        <EditTrouble
          alias={alias}
          error={add.error}
          onAgain={() => void edits.reload().then(() => chosen && add.mutate(chosen))}
        />
      )}
      <SearchField label={t('searchSteps')} value={search} onSearch={setSearch} />
      {providers.error && <ErrorNotice error={providers.error} onRetry={() => void providers.refetch()} />}
      {providers.isPending && <Skeleton />}
      {providers.data && fits.length === 0 && <p>{t('noStepFits')}</p>}
      {GROUPS.map((group) => {
        const inGroup = fits.filter((provider) => groupOf(provider) === group);
        if (inGroup.length === 0) return null;
        return (
          <fieldset key={group} className={styles.group}>
            <legend>{t(`group.${group}`)}</legend>
            {inGroup.map((provider) => (
              <label key={provider.id} className={styles.option}>
                <input
                  type="radio"
                  name={name}
                  checked={chosen?.id === provider.id}
                  onChange={() => setChosen(provider)}
                  onDoubleClick={() => add.mutate(provider)}
                />
                <span>
                  <Row>
                    <strong>{provider.displayName}</strong>
                    {provider.needsUser === true && <Badge>{t('needsUser')}</Badge>}
                    {provider.limitsSessions === true && <Badge kind="accent">{t('needsConfig')}</Badge>}
                  </Row>
                  <Muted>{provider.description}</Muted>
                </span>
              </label>
            ))}
          </fieldset>
        );
      })}
    </Dialog>
  );
}
