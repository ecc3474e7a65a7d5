/** A group as lists show it. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly parentId?: string;
  readonly subGroupCount?: number;
}
