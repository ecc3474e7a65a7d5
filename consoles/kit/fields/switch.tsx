import { useId, type ComponentPropsWithRef, type ReactNode } from 'react';
import { classes } from '../style/classes.js';
import { FieldError, type FieldText } from './field.js';
import styles from './field.module.css';

type ChoiceProps = Omit<FieldText, 'hideLabel'> & Omit<ComponentPropsWithRef<'input'>, 'id' | 'type'>;

/** One of several things that may be picked. */
export function Checkbox(props: ChoiceProps): ReactNode {
  return <Toggle {...props} look={styles.box} />;
}

/** Something that is on or off. */
export function Switch(props: ChoiceProps): ReactNode {
  return <Toggle {...props} look={styles.switch} role="switch" />;
}

function Toggle({
  label,
  description,
  error,
  look,
  ...input
}: ChoiceProps & { readonly look: string | undefined }): ReactNode {
  const id = useId();
  const described = classes(description !== undefined && `${id}-about`, error !== undefined && `${id}-error`);
  return (
    <div className={styles.choice}>
      <input
        {...input}
        id={id}
        type="checkbox"
        className={look}
        aria-describedby={described || undefined}
        aria-invalid={error === undefined ? undefined : true}
      />
      <label htmlFor={id}>{label}</label>
      {description !== undefined && (
        <div id={`${id}-about`} className={styles.description}>
          {description}
        </div>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}
