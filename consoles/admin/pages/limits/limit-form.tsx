import type { ReactNode } from 'react';
import { NumberField } from '../../../kit/fields/number-field.js';
import { Select } from '../../../kit/fields/select.js';
import { Checkbox, Switch } from '../../../kit/fields/switch.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { Columns, Row } from '../../../kit/layout/stack.js';
import { ClientPicker, type PickedClient } from '../../pickers/client-picker.js';
import type { Door } from '../../flows/flow-api.js';
import styles from './limit-form.module.css';
import { useText } from './messages/use-text.js';

/** What a person asks for. */
export interface LimitInput {
  readonly client: PickedClient | undefined;
  readonly doors: readonly Door[];
  readonly realmMax: string;
  readonly clientMax: string;
  readonly whenFull: 'Deny new session' | 'Terminate oldest session';
  readonly message: string;
  /** What was bound before returns unless somebody confirms. */
  readonly isOnTrial: boolean;
}

const DOORS: readonly Door[] = ['browser', 'direct_grant'];

interface LimitFormProps {
  readonly input: LimitInput;
  readonly onChange: (part: Partial<LimitInput>) => void;
  /** It has been made already, and waits to be bound. */
  readonly isMade: boolean;
}

/** Whom to limit, where, to how many, and what happens then. */
export function LimitForm({ input, onChange, isMade }: LimitFormProps): ReactNode {
  const t = useText();
  return (
    <fieldset className={styles.form} disabled={isMade}>
      <legend className={styles.hidden}>{t('what')}</legend>
      <ClientPicker
        label={t('whom')}
        description={t('whomAbout')}
        placeholder={t('wholeRealm')}
        value={input.client}
        onChange={(client) => onChange({ client })}
      />
      <Row gap="wide">
        {DOORS.map((door) => (
          <Checkbox
            key={door}
            label={t(`limitDoor.${door}`)}
            checked={input.doors.includes(door)}
            onChange={({ currentTarget }) =>
              onChange({
                doors: DOORS.filter((one) => (one === door ? currentTarget.checked : input.doors.includes(one))),
              })
            }
          />
        ))}
      </Row>
      <Columns>
        <NumberField
          label={t('realmMax')}
          description={t('maxAbout')}
          min={0}
          max={999_999_999}
          value={input.realmMax}
          onChange={({ currentTarget }) => onChange({ realmMax: currentTarget.value })}
        />
        <NumberField
          label={t('clientMax')}
          description={t('maxAbout')}
          min={0}
          max={999_999_999}
          value={input.clientMax}
          onChange={({ currentTarget }) => onChange({ clientMax: currentTarget.value })}
        />
      </Columns>
      <Columns>
        <Select
          label={t('whenFull')}
          value={input.whenFull}
          choices={[
            { value: 'Deny new session', label: t('deny') },
            { value: 'Terminate oldest session', label: t('evict') },
          ]}
          onChange={({ currentTarget }) => onChange({ whenFull: currentTarget.value as LimitInput['whenFull'] })}
        />
        <TextField
          label={t('message')}
          description={t('messageAbout')}
          value={input.message}
          onChange={({ currentTarget }) => onChange({ message: currentTarget.value })}
        />
      </Columns>
      <Switch
        label={t('trial')}
        description={t('trialAbout')}
        checked={input.isOnTrial}
        onChange={({ currentTarget }) => onChange({ isOnTrial: currentTarget.checked })}
      />
    </fieldset>
  );
}
