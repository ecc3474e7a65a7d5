import { useId, type ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';
import styles from './panel.module.css';

interface PanelProps {
  readonly title?: string;
  /** Before the title. */
  readonly icon?: IconName;
  /** What the parts of the panel are about. */
  readonly description?: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  /** One of many of its kind in a `PanelList`, which may have the same title. */
  readonly inList?: boolean;
  readonly children: ReactNode;
}

/** A part of a page on a surface of its own. */
export function Panel({ title, icon, description, actions, inList = false, children }: PanelProps): ReactNode {
  const id = useId();
  const Element = inList ? 'li' : 'section';
  return (
    <Element className={styles.panel} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <header className={styles.head}>
          <div>
            <h2 id={id} className={styles.title}>
              {icon && <Icon name={icon} />}
              {title}
            </h2>
            {description !== undefined && <p className={styles.description}>{description}</p>}
          </div>
          {actions}
        </header>
      )}
      {children}
    </Element>
  );
}

/** Panels one below the other. */
export const PanelList = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <ul className={styles.list}>{children}</ul>
);

/** Names and values, side by side where there is room. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}): ReactNode {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
