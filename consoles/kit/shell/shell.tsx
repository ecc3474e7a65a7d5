import { useState, type ReactNode } from 'react';
import { NavLink, ScrollRestoration, useLocation } from 'react-router';
import { Button } from '../actions/button.js';
import { useKitText } from '../messages/use-kit-text.js';
import { classes } from '../style/classes.js';
import { Brand } from './brand.js';
import { LeaveGuard } from './leave-guard.js';
import styles from './shell.module.css';

/** An entry of the navigation. */
export interface NavigationEntry {
  readonly label: string;
  readonly to: string;
}

/** Entries that belong together. */
export interface NavigationGroup {
  /** Absent for the only group. */
  readonly label?: string;
  readonly entries: readonly NavigationEntry[];
}

interface ShellProps {
  /** What this console is called. */
  readonly name: string;
  readonly navigation: readonly NavigationGroup[];
  /** Beside the brand: what the pages are about, such as the realm. */
  readonly context?: ReactNode;
  /** At the end of the bar: preferences, the person. */
  readonly tools: ReactNode;
  readonly children: ReactNode;
}

/** What surrounds every page: the bar, the navigation, the place of the page. */
export function Shell({ name, navigation, context, tools, children }: ShellProps): ReactNode {
  const t = useKitText();
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string>();
  const isOpen = openAt === pathname;
  return (
    <>
      <a href="#content" className={styles.skip} onClick={focusContent}>
        {t('skip')}
      </a>
      <header className={styles.bar}>
        <Button
          icon="menu"
          look="quiet"
          className={styles.opener}
          aria-expanded={isOpen}
          aria-controls="navigation"
          onClick={() => setOpenAt(isOpen ? undefined : pathname)}
        >
          {t('menu')}
        </Button>
        <Brand name={name} />
        <div className={styles.context}>{context}</div>
        <div className={styles.tools}>{tools}</div>
      </header>
      <div className={styles.body}>
        <nav id="navigation" aria-label={t('navigation')} className={classes(styles.navigation, isOpen && styles.open)}>
          {navigation.map(({ label, entries }) => (
            <Group key={label ?? ''} {...(label !== undefined && { label })} entries={entries} />
          ))}
        </nav>
        <main id="content" tabIndex={-1} className={styles.content}>
          {children}
        </main>
      </div>
      <ScrollRestoration />
      <LeaveGuard />
    </>
  );
}

function Group({ label, entries }: NavigationGroup): ReactNode {
  return (
    <div className={styles.group}>
      {label !== undefined && <p className={styles.groupName}>{label}</p>}
      <ul>
        {entries.map(({ label: text, to }) => (
          <li key={to}>
            <NavLink to={to}>{text}</NavLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Without a change of the address, which belongs to the router. */
function focusContent(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
