import type { ReactNode } from 'react';
import { Skeleton } from '../feedback/loading.js';
import { Icon } from '../layout/icon.js';
import { useKitText } from '../messages/use-kit-text.js';
import { classes } from '../style/classes.js';
import styles from './table.module.css';

/** A column of a table. */
export interface Column<T> {
  /** Name of the column for `sort`. */
  readonly id: string;
  readonly label: string;
  readonly cell: (row: T) => ReactNode;
  readonly sortable?: boolean;
  /** Figures stand to the right. */
  readonly align?: 'end';
  /** Holds several words, which would stand one below the other in what is left. */
  readonly roomy?: boolean;
  /** The column of deeds: it has no heading to see. */
  readonly actions?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Which rows are picked, by their ids. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
}

interface TableProps<T> {
  /** What the rows are. */
  readonly label: string;
  /** The first column names the row. */
  readonly columns: readonly Column<T>[];
  /** Undefined while they are on their way. */
  readonly rows: readonly T[] | undefined;
  readonly idOf: (row: T) => string;
  /** A row in words, for its checkbox. */
  readonly nameOf: (row: T) => string;
  /** What stands in place of no rows. */
  readonly empty: ReactNode;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly selection?: Selection;
}

/**
 * Rows of a list. On narrow screens each row becomes a card of names and values. Rows come by the page: see `Paging`; sorting and searching
 * are the server's.
 */
export function Table<T>(props: TableProps<T>): ReactNode {
  const { label, columns, rows, idOf, nameOf, empty, sort, onSort, selection } = props;
  const t = useKitText();
  if (rows === undefined) return <Skeleton lines={6} />;
  if (rows.length === 0) return empty;
  const pick = (ids: readonly string[], on: boolean): void => {
    const next = new Set(selection?.ids);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    selection?.onChange(next);
  };
  const all = rows.map(idOf);
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {selection && (
              <th className={styles.pick}>
                <Picker
                  label={t('selectAll')}
                  checked={all.every((id) => selection.ids.has(id))}
                  onChange={(on) => pick(all, on)}
                />
              </th>
            )}
            {columns.map((column) => (
              <Heading key={column.id} column={column} {...(sort && { sort })} {...(onSort && { onSort })} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const id = idOf(row);
            const picked = selection?.ids.has(id) ?? false;
            return (
              <tr key={id} className={classes(picked && styles.picked)}>
                {selection && (
                  <td className={styles.pick}>
                    <Picker
                      label={t('selectRow', { name: nameOf(row) })}
                      checked={picked}
                      onChange={(on) => pick([id], on)}
                    />
                  </td>
                )}
                {columns.map((column, index) => (
                  <Cell key={column.id} column={column} row={row} isName={index === 0} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps<T> {
  readonly column: Column<T>;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
}

function Heading<T>({ column, sort, onSort }: HeadingProps<T>): ReactNode {
  const { id, label, align, actions = false, sortable = false } = column;
  if (actions)
    return (
      <th scope="col" className={styles.actions}>
        <span className={styles.hidden}>{label}</span>
      </th>
    );
  if (!sortable || !onSort)
    return (
      <th scope="col" className={align && styles[align]}>
        {label}
      </th>
    );
  const descending = sort?.column === id ? sort.descending : undefined;
  return (
    <th
      scope="col"
      className={align && styles[align]}
      aria-sort={descending === undefined ? 'none' : descending ? 'descending' : 'ascending'}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort({ column: id, descending: descending === false })}
      >
        {label}
        <span className={descending === undefined ? styles.faint : undefined}>
          <Icon name={descending === true ? 'down' : 'up'} />
        </span>
      </button>
    </th>
  );
}

function Cell<T>({ column, row, isName }: { column: Column<T>; row: T; isName: boolean }): ReactNode {
  const { label, align, roomy = false, actions = false, cell } = column;
  if (isName)
    return (
      <th scope="row" className={styles.name}>
        {cell(row)}
      </th>
    );
  return (
    <td
      className={classes(align && styles[align], roomy && styles.roomy, actions && styles.actions)}
      data-label={actions ? undefined : label}
    >
      {cell(row)}
    </td>
  );
}

interface PickerProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}

function Picker({ label, checked, onChange }: PickerProps): ReactNode {
  return (
    <input
      type="checkbox"
      className={styles.picker}
      aria-label={label}
      checked={checked}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}
