import { useId, type ReactNode } from 'react';
import { FieldError } from './field.js';
import styles from './field.module.css';

interface FieldSetProps {
  /** What the choices are about. */
  readonly legend: string;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** Choices that answer one question together. */
export function FieldSet({ legend, error, children }: FieldSetProps): ReactNode {
  const id = useId();
  return (
    <fieldset className={styles.set} aria-describedby={error === undefined ? undefined : id}>
      <legend className={styles.label}>{legend}</legend>
      {children}
      <FieldError id={id} error={error} />
    </fieldset>
  );
}
