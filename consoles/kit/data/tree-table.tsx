import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { IconButton } from '../actions/button.js';
import { useKitText } from '../messages/use-kit-text.js';
import tableStyles from './table.module.css';
import styles from './tree-table.module.css';

/** A row with the rows below it. */
export interface TreeRow<T> {
  readonly id: string;
  /** The row in words. */
  readonly name: string;
  readonly value: T;
  readonly children?: readonly TreeRow<T>[];
}

export interface TreeColumn<T> {
  readonly id: string;
  readonly label: string;
  readonly cell: (row: TreeRow<T>) => ReactNode;
}

interface TreeTableProps<T> {
  readonly label: string;
  /** The first column is indented and names the row. */
  readonly columns: readonly TreeColumn<T>[];
  readonly rows: readonly TreeRow<T>[];
  /** Keys pressed on a row itself, for what the page adds (to move it, to remove it). */
  readonly onRowKey?: (row: TreeRow<T>, event: KeyboardEvent<HTMLTableRowElement>) => void;
}

/** A row as it is shown: where it stands in the tree. */
interface FlatRow<T> {
  readonly row: TreeRow<T>;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | undefined;
}

/**
 * A table whose rows have rows below them (WAI-ARIA treegrid): up and down go from row to row, right and left open and close or go to
 * the parent; Tab goes through what is in a row.
 */
export function TreeTable<T>({ label, columns, rows, onRowKey }: TreeTableProps<T>): ReactNode {
  const t = useKitText();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string>();
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = flatten(rows, closed);
  const tabStop = shown.some(({ row }) => row.id === active) ? active : shown[0]?.row.id;

  const toggle = (id: string, close: boolean): void => {
    const next = new Set(closed);
    if (close) next.add(id);
    else next.delete(id);
    setClosed(next);
  };
  const focusRow = (id: string | undefined): void => {
    if (id === undefined) return;
    setActive(id);
    [...(body.current?.rows ?? [])].find((element) => element.dataset['row'] === id)?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>, at: number): void => {
    const here = shown[at];
    if (!here || event.target !== event.currentTarget) return;
    const hasChildren = (here.row.children?.length ?? 0) > 0;
    const isClosed = closed.has(here.row.id);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focusRow(shown[at + 1]?.row.id),
      ArrowUp: () => focusRow(shown[at - 1]?.row.id),
      Home: () => focusRow(shown[0]?.row.id),
      End: () => focusRow(shown.at(-1)?.row.id),
      ArrowRight: () =>
        hasChildren && isClosed ? toggle(here.row.id, false) : hasChildren && focusRow(shown[at + 1]?.row.id),
      ArrowLeft: () => (hasChildren && !isClosed ? toggle(here.row.id, true) : focusRow(here.parent)),
    };
    const move = event.altKey || event.ctrlKey || event.metaKey ? undefined : moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    } else onRowKey?.(here.row, event);
  };

  return (
    <div className={tableStyles.frame}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- WAI-ARIA's own pattern of a treegrid is a table */}
      <table className={tableStyles.table} role="treegrid" aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ id, label: text }) => (
              <th key={id} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {shown.map(({ row, level, position, siblings }, at) => {
            const hasChildren = (row.children?.length ?? 0) > 0;
            const isClosed = closed.has(row.id);
            return (
              <tr
                key={row.id}
                data-row={row.id}
                aria-level={level}
                aria-posinset={position}
                aria-setsize={siblings}
                aria-expanded={hasChildren ? !isClosed : undefined}
                tabIndex={row.id === tabStop ? 0 : -1}
                className={styles.row}
                onFocus={() => setActive(row.id)}
                onKeyDown={(event) => onKey(event, at)}
              >
                {columns.map((column, index) => (
                  <td key={column.id} role="gridcell" data-label={index === 0 ? undefined : column.label}>
                    {index > 0 ? (
                      column.cell(row)
                    ) : (
                      <span className={styles.name} style={{ '--level': level - 1 } as object}>
                        {hasChildren ? (
                          <IconButton
                            icon={isClosed ? 'forward' : 'down'}
                            label={t(isClosed ? 'expand' : 'collapse', { name: row.name })}
                            onClick={() => toggle(row.id, !isClosed)}
                          />
                        ) : (
                          <span className={styles.leaf} />
                        )}
                        {column.cell(row)}
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function flatten<T>(
  rows: readonly TreeRow<T>[],
  closed: ReadonlySet<string>,
  level = 1,
  parent?: string,
): readonly FlatRow<T>[] {
  return rows.flatMap((row, index) => [
    { row, level, position: index + 1, siblings: rows.length, parent },
    ...(closed.has(row.id) ? [] : flatten(row.children ?? [], closed, level + 1, row.id)),
  ]);
}
