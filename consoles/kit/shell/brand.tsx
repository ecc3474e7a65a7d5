import type { ReactNode } from 'react';
import styles from './shell.module.css';

/** The mark of the login pages: a gate, and the water below it. */
export function Brand({ name }: { readonly name: string }): ReactNode {
  return (
    <span className={styles.brand}>
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect className={styles.brandGround} width="32" height="32" rx="8" />
        <path className={styles.brandGate} d="M9 6v9M16 6v9M23 6v9" />
        <path className={styles.brandWater} d="M5 20q3.7-3 7.3 0t7.4 0 7.3 0M5 25.5q3.7-3 7.3 0t7.4 0 7.3 0" />
      </svg>
      <span>{name}</span>
    </span>
  );
}
