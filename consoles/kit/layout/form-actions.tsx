import type { ReactNode } from 'react';
import styles from './form-actions.module.css';

/** The buttons at the end of a form, the one that saves first. They stay in sight while a long form is scrolled. */
export const FormActions = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <div className={styles.actions}>{children}</div>
);
