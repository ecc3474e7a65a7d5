import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import styles from './tabs.module.css';

/** A part of a page with an address of its own. */
export interface TabLink {
  readonly label: string;
  /** Relative to the page: `''` is the first part. */
  readonly to: string;
  /** Addresses below it belong to other parts; so it is with the first. */
  readonly end?: boolean;
}

/**
 * The parts of a page, each with an address of its own: the browser's back works, and a part can be linked to. They are links, and say
 * so to screen readers.
 */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly TabLink[] }): ReactNode {
  return (
    <nav aria-label={label} className={styles.tabs}>
      <ul>
        {tabs.map(({ label: text, to, end = to === '' || to === '.' }) => (
          <li key={to}>
            <NavLink to={to} end={end} preventScrollReset>
              {text}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
