/** What a place in a tree needs to know of a row. */
export interface Branch {
  readonly id: string;
  readonly children?: readonly Branch[];
}

/** Where a row is to stand: below which row (the top without one), at which place among the others there. */
export interface TreePlace {
  readonly parent: string | undefined;
  readonly index: number;
}

/** What a person does with a row by keys. */
export type TreeStep = 'up' | 'down' | 'in' | 'out';

interface Found {
  readonly siblings: readonly Branch[];
  readonly index: number;
  /** Ids from the top down to the parent. */
  readonly path: readonly string[];
}

function find(rows: readonly Branch[], id: string, path: readonly string[] = []): Found | undefined {
  const index = rows.findIndex((row) => row.id === id);
  if (index >= 0) return { siblings: rows, index, path };
  for (const row of rows) {
    const found = find(row.children ?? [], id, [...path, row.id]);
    if (found) return found;
  }
  return undefined;
}

/**
 * Where a row comes by a step: past its neighbour, into the neighbour above it, or out behind its parent.
 * @param holds whether a row can have rows below it
 * @returns undefined where there is no such place
 */
export function placeAfterStep(
  rows: readonly Branch[],
  id: string,
  step: TreeStep,
  holds: (id: string) => boolean,
): TreePlace | undefined {
  const found = find(rows, id);
  if (!found) return undefined;
  const { siblings, index, path } = found;
  const parent = path.at(-1);
  if (step === 'up') return index > 0 ? { parent, index: index - 1 } : undefined;
  if (step === 'down') return index < siblings.length - 1 ? { parent, index: index + 1 } : undefined;
  if (step === 'in') {
    const above = siblings[index - 1];
    return above && holds(above.id) ? { parent: above.id, index: above.children?.length ?? 0 } : undefined;
  }
  if (parent === undefined) return undefined;
  return { parent: path.at(-2), index: (find(rows, parent)?.index ?? 0) + 1 };
}

/**
 * Where a row comes that is dropped on another.
 * @returns undefined where it cannot stand: on itself, or in what is below it
 */
export function placeOfDrop(
  rows: readonly Branch[],
  id: string,
  on: string,
  where: 'before' | 'into' | 'after',
): TreePlace | undefined {
  const target = find(rows, on);
  if (!target || id === on || target.path.includes(id)) return undefined;
  const row = target.siblings[target.index];
  if (where === 'into') {
    const others = (row?.children ?? []).filter((child) => child.id !== id);
    return { parent: on, index: others.length };
  }
  const index = target.siblings.filter((sibling) => sibling.id !== id).findIndex((sibling) => sibling.id === on);
  return { parent: target.path.at(-1), index: where === 'before' ? index : index + 1 };
}
