import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classes } from '../style/classes.js';
import { Field, type FieldText } from './field.js';
import styles from './field.module.css';

interface TextFieldProps extends FieldText, Omit<ComponentPropsWithRef<'input'>, 'id'> {
  /** Its value is a name for machines: shown in a monospaced face, neither corrected nor translated. */
  readonly code?: boolean;
}

/** One line of text. Takes what React Hook Form's `register` gives: `<TextField label="…" {...register('name')} />`. */
export function TextField({
  label,
  description,
  error,
  hideLabel = false,
  code = false,
  className,
  ...input
}: TextFieldProps): ReactNode {
  return (
    <Field label={label} description={description} error={error} hideLabel={hideLabel}>
      {(ids) => (
        <input
          autoComplete="off"
          {...(code && { spellCheck: false, autoCapitalize: 'none', translate: 'no' })}
          {...input}
          {...ids}
          className={classes(styles.control, code && styles.code, className)}
        />
      )}
    </Field>
  );
}

interface TextAreaProps extends FieldText, Omit<ComponentPropsWithRef<'textarea'>, 'id'> {
  readonly code?: boolean;
}

/** Several lines of text. */
export function TextArea({
  label,
  description,
  error,
  hideLabel = false,
  code = false,
  className,
  ...area
}: TextAreaProps): ReactNode {
  return (
    <Field label={label} description={description} error={error} hideLabel={hideLabel}>
      {(ids) => <textarea {...area} {...ids} className={classes(styles.control, code && styles.code, className)} />}
    </Field>
  );
}
