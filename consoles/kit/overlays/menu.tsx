import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import buttonStyles from '../actions/button.module.css';
import { Icon, type IconName } from '../layout/icon.js';
import { classes } from '../style/classes.js';
import styles from './menu.module.css';

/** One thing that a menu offers: a deed, or a page of the console. */
export interface MenuEntry {
  readonly label: string;
  readonly icon?: IconName;
  readonly onAction?: () => void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** The present choice of a menu that chooses. */
  readonly current?: boolean;
}

interface MenuProps {
  /** What the menu is about, in words; shown unless `icon` stands for it. */
  readonly label: string;
  readonly icon?: IconName;
  /** Shows only the icon. */
  readonly compact?: boolean;
  /** Of a function they are made when the menu opens. */
  readonly entries: readonly MenuEntry[] | (() => readonly MenuEntry[]);
}

/** A button that opens a list of deeds. */
export function Menu({ label, icon, compact = false, entries }: MenuProps): ReactNode {
  return (
    <MenuTrigger>
      <AriaButton
        {...(compact && { 'aria-label': label })}
        className={classes(buttonStyles.button, buttonStyles.quiet, compact ? buttonStyles.square : styles.trigger)}
      >
        {icon && <Icon name={icon} />}
        {!compact && (
          <>
            <span className={styles.label}>{label}</span>
            <Icon name="down" />
          </>
        )}
      </AriaButton>
      <Popover className={styles.popover ?? ''} placement="bottom end">
        <Entries label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}

function Entries({ label, entries }: Pick<MenuProps, 'label' | 'entries'>): ReactNode {
  return (
    <AriaMenu className={styles.menu ?? ''} aria-label={label}>
      {(typeof entries === 'function' ? entries() : entries).map((entry) => (
        <MenuItem
          key={entry.label}
          textValue={entry.label}
          className={classes(styles.item, entry.danger === true && styles.danger)}
          {...(entry.onAction && { onAction: entry.onAction })}
          isDisabled={entry.disabled ?? false}
        >
          {entry.icon ? <Icon name={entry.icon} /> : entry.current !== undefined && <Mark on={entry.current} />}
          {entry.label}
        </MenuItem>
      ))}
    </AriaMenu>
  );
}

const Mark = ({ on }: { readonly on: boolean }): ReactNode => (
  <span className={on ? undefined : styles.unmarked}>
    <Icon name="check" />
  </span>
);
