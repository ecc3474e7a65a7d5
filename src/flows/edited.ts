import type { FlowCatalog } from './stored-flow.js';

/** What a pure edit gives back: the catalog as it should become, and an answer for the caller. */
export interface Edited<T = void> {
  readonly catalog: FlowCatalog;
  readonly result: T;
}

/** Makes the id of a new row. */
export type IdMaker = () => string;

/** Replaces the row of the same id. Rows that are not replaced stay the same objects: that is how a change is found. */
export const replaceRow = <T extends { readonly id: string }>(rows: readonly T[], row: T): readonly T[] =>
  rows.map((other) => (other.id === row.id ? row : other));
