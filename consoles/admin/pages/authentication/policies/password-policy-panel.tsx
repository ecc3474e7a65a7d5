import type { ReactNode } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { IconButton } from '../../../../kit/actions/button.js';
import { EmptyState } from '../../../../kit/feedback/empty-state.js';
import { Panel } from '../../../../kit/layout/panel.js';
import { Menu } from '../../../../kit/overlays/menu.js';
import type { PasswordPolicyType } from '../../../use-server-info.js';
import { useText } from './messages/use-text.js';
import styles from './password-policy-panel.module.css';
import type { PolicyValues } from './policy-values.js';
import { RuleField } from './rule-field.js';
import { useRuleWords } from './use-rule-words.js';

interface PasswordPolicyPanelProps {
  readonly types: readonly PasswordPolicyType[];
  readonly readOnly: boolean;
}

/** The rules for passwords, one below the other, and a way to add those that there are not yet. */
export function PasswordPolicyPanel({ types, readOnly }: PasswordPolicyPanelProps): ReactNode {
  const t = useText();
  const wordsOf = useRuleWords(types);
  const { control } = useFormContext<PolicyValues>();
  const { fields, append, remove } = useFieldArray({ control, name: 'rules' });
  const missing = types.filter(
    ({ id, multipleSupported }) => multipleSupported || fields.every(({ kind }) => kind !== id),
  );
  return (
    <Panel
      title={t('passwords')}
      description={t('passwords.about')}
      actions={
        !readOnly &&
        missing.length > 0 && (
          <Menu
            label={t('rule.add')}
            icon="add"
            entries={missing
              .map((type) => ({
                label: wordsOf(type.id).label,
                onAction: () => append({ kind: type.id, value: type.defaultValue ?? '' }),
              }))
              .toSorted((one, other) => one.label.localeCompare(other.label))}
          />
        )
      }
    >
      {fields.length === 0 ? (
        <EmptyState title={t('rule.none')}>{t('rule.noneAbout')}</EmptyState>
      ) : (
        <ul className={styles.rules}>
          {fields.map(({ id, kind }, index) => (
            <li key={id} className={styles.rule}>
              <RuleField
                index={index}
                type={types.find((type) => type.id === kind)}
                words={wordsOf(kind)}
                readOnly={readOnly}
              />
              {!readOnly && (
                <IconButton
                  icon="delete"
                  label={t('rule.remove', { name: wordsOf(kind).label })}
                  onClick={() => remove(index)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
