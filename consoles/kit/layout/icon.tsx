import type { ReactNode } from 'react';
import styles from './icon.module.css';

/** Line drawings on a grid of 24. */
const PATHS = {
  add: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  computer: 'M4 5h16v11H4zM9 20h6M12 16v4',
  dark: 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z',
  delete: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  down: 'M6 9l6 6 6-6',
  drag: 'M8 6a1 1 0 1 0 2 0 1 1 0 1 0-2 0M14 6a1 1 0 1 0 2 0 1 1 0 1 0-2 0M8 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M14 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M8 18a1 1 0 1 0 2 0 1 1 0 1 0-2 0M14 18a1 1 0 1 0 2 0 1 1 0 1 0-2 0',
  edit: 'M4 20l1-4L16.5 4.5l3 3L8 19zM14.5 6.5l3 3',
  error: 'M12 8v5M12 16.5h.01M12 3l9.5 17h-19z',
  export: 'M12 15V4M8 8l4-4 4 4M5 14v6h14v-6',
  external: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
  filter: 'M4 6h16M7 12h10M10 18h4',
  forward: 'M9 5l7 7-7 7',
  import: 'M12 4v11M8 11l4 4 4-4M5 14v6h14v-6',
  info: 'M12 11v5.5M12 7.5h.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  key: 'M8 19a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11 12l8-8M16 7l3 3',
  language: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3.6 6 3.6 9s-.6 6-3.6 9c-3-3-3.6-6-3.6-9S9 6 12 3z',
  light:
    'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3L19 19M19 5l-1.7 1.7M6.7 17.3L5 19',
  menu: 'M4 7h16M4 12h16M4 17h16',
  more: 'M5 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M11 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M17 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0',
  phone: 'M7.5 3h9v18h-9zM11 18h2',
  play: 'M8 5l11 7-11 7z',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5',
  remove: 'M5 12h14',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  up: 'M6 15l6-6 6 6',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words; it says nothing to those who cannot see it. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className={styles.icon} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
