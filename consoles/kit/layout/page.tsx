import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useKitText } from '../messages/use-kit-text.js';
import styles from './page.module.css';

/** A page further up: its name and its address. */
export interface Crumb {
  readonly label: string;
  readonly to: string;
}

interface PageProps {
  readonly title: string;
  /** The pages above this one, from the top. */
  readonly crumbs?: readonly Crumb[];
  /** One or two sentences on what can be done here. */
  readonly description?: ReactNode;
  /** Beside the title: a badge, or buttons. */
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: its heading, which is also the title of the document, and its parts. */
export function Page({ title, crumbs = [], description, badge, actions, children }: PageProps): ReactNode {
  const t = useKitText();
  useEffect(() => {
    document.title = `${title} · ${t('title')}`;
  }, [title, t]);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {crumbs.length > 0 && <Breadcrumbs crumbs={crumbs} />}
        <div className={styles.line}>
          <div className={styles.title}>
            <h1>{title}</h1>
            {badge}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </div>
        {description !== undefined && <p className={styles.description}>{description}</p>}
      </header>
      {children}
    </div>
  );
}

/** The way to this page, and back up. */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }): ReactNode {
  const t = useKitText();
  return (
    <nav aria-label={t('crumbs')}>
      <ol className={styles.crumbs}>
        {crumbs.map(({ label, to }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
