import { useCallback, useEffect, useRef, useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react';
import { classes } from '../style/classes.js';
import tableStyles from './table.module.css';
import { TreeCells, type TreeColumn, type TreeRow } from './tree-cells.js';
import { placeAfterStep, placeOfDrop, type TreePlace, type TreeStep } from './tree-moves.js';
import styles from './tree-table.module.css';

interface TreeTableProps<T> {
  readonly label: string;
  /** The first column is indented and names the row. */
  readonly columns: readonly TreeColumn<T>[];
  readonly rows: readonly TreeRow<T>[];
  /** Rows can be moved: by dragging, and with Alt and the arrows (up, down, right: into the row above, left: out). */
  readonly moving?: TreeMoving<T>;
  /** Keys pressed on a row itself, for what the page adds (to move it, to remove it). */
  readonly onRowKey?: (row: TreeRow<T>, event: KeyboardEvent<HTMLTableRowElement>) => void;
}

/** How rows are moved. */
export interface TreeMoving<T> {
  /** Whether a row can have others below it, also while it has none. */
  readonly holds: (row: TreeRow<T>) => boolean;
  readonly onMove: (row: TreeRow<T>, place: TreePlace) => void;
}

/** The steps that Alt and an arrow make. */
const STEPS: Readonly<Record<string, TreeStep>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
};

interface Drop {
  readonly id: string;
  readonly where: 'before' | 'into' | 'after';
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
export function TreeTable<T>({ label, columns, rows, moving, onRowKey }: TreeTableProps<T>): ReactNode {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string>();
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = flatten(rows, closed);
  const [dragged, setDragged] = useState<string>();
  const [drop, setDrop] = useState<Drop>();
  // A row that moved in the document lost the focus: it gets it back once it stands at its new place.
  const moved = useRef<string>(undefined);
  useEffect(() => {
    if (moved.current === undefined || body.current?.contains(document.activeElement)) return;
    [...(body.current?.rows ?? [])].find((element) => element.dataset['row'] === moved.current)?.focus();
  }, [rows]);
  const tabStop = shown.some(({ row }) => row.id === active) ? active : shown[0]?.row.id;

  const toggle = useCallback(
    (id: string, close: boolean): void =>
      setClosed((before) => {
        const next = new Set(before);
        if (close) next.add(id);
        else next.delete(id);
        return next;
      }),
    [],
  );
  const focusRow = (id: string | undefined): void => {
    if (id === undefined) return;
    setActive(id);
    [...(body.current?.rows ?? [])].find((element) => element.dataset['row'] === id)?.focus();
  };
  const rowOf = (id: string): TreeRow<T> | undefined => shown.find(({ row }) => row.id === id)?.row;
  const holds = (id: string): boolean => {
    const row = rowOf(id);
    return row !== undefined && (moving?.holds(row) ?? false);
  };
  const move = (row: TreeRow<T> | undefined, place: TreePlace | undefined): void => {
    if (!row || !place) return;
    moved.current = row.id;
    if (place.parent !== undefined) toggle(place.parent, false);
    moving?.onMove(row, place);
  };
  const onDragOver = (event: DragEvent<HTMLTableRowElement>, id: string): void => {
    if (dragged === undefined) return;
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const part = (event.clientY - top) / height;
    const where = holds(id) && part > 0.25 && part < 0.75 ? 'into' : part < 0.5 ? 'before' : 'after';
    if (!placeOfDrop(rows, dragged, id, where)) {
      setDrop(undefined);
      return;
    }
    event.preventDefault();
    setDrop({ id, where });
  };
  const onDrop = (event: DragEvent<HTMLTableRowElement>): void => {
    event.preventDefault();
    if (dragged !== undefined && drop) move(rowOf(dragged), placeOfDrop(rows, dragged, drop.id, drop.where));
    setDragged(undefined);
    setDrop(undefined);
  };
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>, at: number): void => {
    const here = shown[at];
    if (!here || event.target !== event.currentTarget) return;
    const step = event.altKey && moving ? STEPS[event.key] : undefined;
    if (step) {
      event.preventDefault();
      move(here.row, placeAfterStep(rows, here.row.id, step, holds));
      return;
    }
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
    const go = event.altKey || event.ctrlKey || event.metaKey ? undefined : moves[event.key];
    if (go) {
      event.preventDefault();
      go();
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
                className={classes(
                  styles.row,
                  moving && styles.movable,
                  dragged === row.id && styles.dragged,
                  drop?.id === row.id && styles[drop.where],
                )}
                aria-keyshortcuts={moving && 'Alt+ArrowUp Alt+ArrowDown Alt+ArrowRight Alt+ArrowLeft'}
                draggable={moving !== undefined}
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = 'move';
                  event.dataTransfer.setData('text/plain', row.name);
                  setDragged(row.id);
                }}
                onDragEnd={() => {
                  setDragged(undefined);
                  setDrop(undefined);
                }}
                onDragOver={(event) => onDragOver(event, row.id)}
                onDrop={onDrop}
                onFocus={() => setActive(row.id)}
                onKeyDown={(event) => onKey(event, at)}
              >
                <TreeCells columns={columns} row={row} level={level} isClosed={isClosed} onToggle={toggle} />
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
