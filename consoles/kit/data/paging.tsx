import type { ReactNode } from 'react';
import { Button } from '../actions/button.js';
import { useKitText } from '../messages/use-kit-text.js';
import styles from './paging.module.css';

interface PagingProps {
  /** Index of the first row that is shown. */
  readonly first: number;
  /** Rows of a page. */
  readonly size: number;
  /** How many rows are shown. */
  readonly shown: number;
  /** How many there are in all, where the server says so. */
  readonly total?: number | undefined;
  readonly onChange: (first: number) => void;
}

/** Which part of a list is shown, and the ways to the next and the one before. */
export function Paging({ first, size, shown, total, onChange }: PagingProps): ReactNode {
  const t = useKitText();
  const hasNext = total === undefined ? shown === size : first + shown < total;
  if (first === 0 && !hasNext && total === undefined) return null;
  const range = { first: shown === 0 ? 0 : first + 1, last: first + shown };
  return (
    <nav className={styles.paging} aria-label={t('pages')}>
      <span className={styles.range}>
        {total === undefined ? t('range', range) : t('rangeOf', { ...range, total })}
      </span>
      <Button icon="back" disabled={first === 0} onClick={() => onChange(Math.max(0, first - size))}>
        {t('previous')}
      </Button>
      <Button icon="forward" disabled={!hasNext} onClick={() => onChange(first + size)}>
        {t('next')}
      </Button>
    </nav>
  );
}
