import { memo, type ReactNode } from 'react';
import { IconButton } from '../actions/button.js';
import { useKitText } from '../messages/use-kit-text.js';
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

interface CellsProps<T> {
  readonly columns: readonly TreeColumn<T>[];
  readonly row: TreeRow<T>;
  readonly level: number;
  readonly isClosed: boolean;
  readonly onToggle: (id: string, close: boolean) => void;
}

/** What is in a row. It stays as it is while the focus goes from row to row, or one is dragged over others. */
export const TreeCells = memo(function TreeCells<T>({
  columns,
  row,
  level,
  isClosed,
  onToggle,
}: CellsProps<T>): ReactNode {
  const t = useKitText();
  const hasChildren = (row.children?.length ?? 0) > 0;
  return columns.map((column, index) => (
    <td key={column.id} role="gridcell" data-label={index === 0 ? undefined : column.label}>
      {index > 0 ? (
        column.cell(row)
      ) : (
        <span className={styles.name} style={{ '--level': level - 1 } as object}>
          {hasChildren ? (
            <IconButton
              icon={isClosed ? 'forward' : 'down'}
              label={t(isClosed ? 'expand' : 'collapse', { name: row.name })}
              onClick={() => onToggle(row.id, !isClosed)}
            />
          ) : (
            <span className={styles.leaf} />
          )}
          {column.cell(row)}
        </span>
      )}
    </td>
  ));
}) as <T>(props: CellsProps<T>) => ReactNode;
