import { useId, type ReactNode } from 'react';
import { Icon } from '../layout/icon.js';
import { classes } from '../style/classes.js';
import styles from './field.module.css';

/** What every field says about itself. */
export interface FieldText {
  readonly label: string;
  /** What the value means, and what happens without one. */
  readonly description?: ReactNode;
  /** What is wrong with the value; absent where nothing is. */
  readonly error?: string | undefined;
  /** Leaves the label to those who cannot see that it is not needed. */
  readonly hideLabel?: boolean;
}

/** What a control needs to belong to its label, description and error. */
export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps extends FieldText {
  readonly children: (ids: ControlIds) => ReactNode;
}

/** A label above a control, its description below the label, its error below the control. */
export function Field({ label, description, error, hideLabel = false, children }: FieldProps): ReactNode {
  const id = useId();
  const described = classes(description !== undefined && `${id}-about`, error !== undefined && `${id}-error`);
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? styles.hidden : styles.label}>
        {label}
      </label>
      {description !== undefined && (
        <div id={`${id}-about`} className={styles.description}>
          {description}
        </div>
      )}
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

/** What is wrong with a field. */
export function FieldError({ id, error }: { readonly id: string; readonly error: string | undefined }): ReactNode {
  if (error === undefined) return null;
  return (
    <p id={id} className={styles.error}>
      <Icon name="error" />
      {error}
    </p>
  );
}
