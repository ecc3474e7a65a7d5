import type { ReactNode } from 'react';
import { useKitText } from '../messages/use-kit-text.js';
import styles from './loading.module.css';

/** Something is on its way; shown after a moment only, so that what comes at once does not flicker. */
export function Spinner(): ReactNode {
  const t = useKitText();
  return (
    <div className={styles.wait} role="status">
      <span className={styles.spinner} aria-hidden="true" />
      <span>{t('loading')}</span>
    </div>
  );
}

/** The outline of what will be there. @param lines how many lines of text it stands for */
export function Skeleton({ lines = 4 }: { readonly lines?: number }): ReactNode {
  const t = useKitText();
  return (
    <div className={styles.skeleton} role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles.line} />
      ))}
    </div>
  );
}
