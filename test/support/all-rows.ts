import { createDataSource } from '../../src/persistence/data-source-options.js';

/** Every row of every table of a SQLite file, as text, by table; to find what should not be there. */
export async function allRows(file: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const source = await createDataSource(`sqlite:${file}`).initialize();
  try {
    const rows = new Map<string, readonly string[]>();
    for (const { tableName } of source.entityMetadatas) {
      const found = await source.query<object[]>(`SELECT * FROM ${tableName}`);
      rows.set(
        tableName,
        found.map((row) => JSON.stringify(row)),
      );
    }
    return rows;
  } finally {
    await source.destroy();
  }
}

/** Tables with a row that has one of the texts in it. */
export const tablesWith = (rows: ReadonlyMap<string, readonly string[]>, texts: readonly string[]): readonly string[] =>
  [...rows].flatMap(([table, list]) => (list.some((row) => texts.some((text) => row.includes(text))) ? [table] : []));
