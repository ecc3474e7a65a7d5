import type { AesSealer } from '../shared/aes-sealer.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { Database } from './database.js';
import { likeLiteral, Parameters } from './sql.js';

/** A column with sealed texts: one, or some inside of a document. The context of all of them is the row's own id. */
interface SealedColumn {
  readonly table: string;
  /** Ends with the id. */
  readonly key: readonly string[];
  readonly column: string;
}

/** Every column that holds secrets. A test compares this list with what a database with everything in it holds. */
const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'realm_key', key: ['realm_id', 'id'], column: 'sealed_private' },
  { table: 'credential', key: ['realm_id', 'id'], column: 'sealed_secret' },
  { table: 'client', key: ['realm_id', 'id'], column: 'document' },
  { table: 'realm', key: ['id'], column: 'document' },
];

/** Rows of one transaction, so that logins never wait long for it. */
const BATCH = 200;
/** A row that somebody changes at the same moment is left to the next pass. */
const PASSES = 5;
const SEALED_TEXT = /v1\.([A-Za-z0-9_-]{8})\.[A-Za-z0-9_-]+/g;

/** What a run did. */
export interface ResealingReport {
  /** Rows whose secrets are now sealed with the current key. */
  readonly resealed: number;
  /** Texts that name an older key and that it does not open: altered, moved, or never sealed. They were left alone. */
  readonly unreadable: number;
}

/**
 * Seals anew, with the current key, whatever an older one has sealed. Each text names its key, so that a run that was cut off is just
 * started again; servers that know both keys may go on meanwhile.
 */
export class Resealing {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly sealer: AesSealer,
  ) {}

  /** @param batch rows of one transaction */
  async run(batch = BATCH): Promise<ResealingReport> {
    let resealed = 0;
    for (let pass = 0; pass < PASSES; pass++) {
      const before = resealed;
      let unreadable = 0;
      for (const column of SEALED_COLUMNS) {
        let last: readonly string[] | undefined;
        do {
          const done = await this.unitOfWork.run(() => this.batch(column, last, batch));
          resealed += done.resealed;
          unreadable += done.unreadable;
          last = done.last;
        } while (last);
      }
      if (resealed === before) return { resealed, unreadable };
    }
    throw new Error('Secrets are being written with an older key all the time: give every server the current one');
  }

  /** @param after key of the last row of the batch before @returns `last` undefined at the end */
  private async batch(
    { table, key, column }: SealedColumn,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<ResealingReport & { readonly last: readonly string[] | undefined }> {
    const older = this.sealer.olderKeyIds;
    if (older.length === 0) return { resealed: 0, unreadable: 0, last: undefined };
    const find = new Parameters();
    const old = older.map((id) => `${column} LIKE ${find.add(`%v1.${likeLiteral(id)}.%`)} ESCAPE '\\'`);
    const from = after ? ` AND (${key.join(', ')}) > (${find.addAll(after)})` : '';
    const rows = await this.database.select<Record<string, string>>(
      `SELECT ${key.join(', ')}, ${column} AS secret FROM ${table}
       WHERE (${old.join(' OR ')})${from} ORDER BY ${key.join(', ')} LIMIT ${find.add(limit)}`,
      find.values,
    );
    let [resealed, unreadable] = [0, 0];
    for (const row of rows) {
      const { secret: before = '', id = '' } = row;
      const { text, failures } = this.resealed(before, id);
      unreadable += failures;
      if (text === before) continue;
      const change = new Parameters(text);
      const place = key.map((name) => `${name} = ${change.add(row[name])}`).join(' AND ');
      const sql = `UPDATE ${table} SET ${column} = $1 WHERE ${place} AND ${column} = ${change.add(before)}`;
      resealed += (await this.database.execute(sql, change.values)).affected;
    }
    const end = rows.at(-1);
    return {
      resealed,
      unreadable,
      last: end && rows.length === limit ? key.map((name) => end[name] ?? '') : undefined,
    };
  }

  /** The text with every older seal in it replaced. */
  private resealed(before: string, context: string): { readonly text: string; readonly failures: number } {
    const older = new Set(this.sealer.olderKeyIds);
    let failures = 0;
    const text = before.replaceAll(SEALED_TEXT, (sealed: string, keyId: string) => {
      if (!older.has(keyId)) return sealed;
      try {
        return this.sealer.seal(this.sealer.open(sealed, context), context);
      } catch {
        failures++;
        return sealed;
      }
    });
    return { text, failures };
  }
}
