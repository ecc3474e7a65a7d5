import { LRUCache } from 'lru-cache';
import type { FlowCatalog, StoredConfig, StoredExecution, StoredFlow } from '../flows/stored-flow.js';
import { byText } from '../shared/by-text.js';
import type { Database, Transaction } from './database.js';

/** Rows of all catalogs that are kept, about 500 bytes each. */
const MAX_ROWS = 200_000;

interface Rows {
  readonly flows: StoredFlow;
  readonly executions: StoredExecution;
  readonly configs: StoredConfig;
}
type Kind = keyof Rows;

/** The flows of a realm as they were at a version of its row in `flow_catalog`. */
interface KnownCatalog {
  readonly version: number;
  readonly catalog: FlowCatalog;
}

/** What a transaction has done to the flows of a realm. */
interface CatalogEdit {
  /** Version and content before it, under the lock. Undefined: rows were written without the lock, so nobody can say. */
  readonly before?: { readonly version: number; catalog?: FlowCatalog };
  /** Version that it leaves. */
  version: number;
  /** By kind and id; undefined for a row that is deleted. */
  readonly writes: { readonly [K in Kind]: Map<string, Rows[K] | undefined> };
}

/**
 * Keeps the flows of realms between requests, so that an edit of one flow does not read all of them. Every writer counts the realm's version
 * up in the same transaction, on whichever node; what is known of another version is not used. A realm without a version (its flows were
 * written by a server that did not count them) is read each time.
 */
export class FlowCatalogs {
  private readonly known = new LRUCache<string, KnownCatalog>({
    maxSize: MAX_ROWS,
    sizeCalculation: ({ catalog: { flows, executions, configs } }) =>
      1 + flows.length + executions.length + configs.length,
  });
  private readonly edits = new WeakMap<Transaction, Map<string, CatalogEdit>>();

  constructor(private readonly database: Database) {}

  /** @param load reads what is stored */
  async of(realmId: string, load: () => Promise<FlowCatalog>): Promise<FlowCatalog> {
    const { transaction } = this.database;
    if (transaction) return this.withinEdit(realmId, this.edits.get(transaction)?.get(realmId), load);
    const version = await this.storedVersion(realmId);
    const known = this.known.get(realmId);
    if (known && known.version === version) return known.catalog;
    const catalog = inOrder(await load());
    // Read without a lock: an edit that was committed meanwhile may be in some of the rows.
    if (version !== undefined && version === (await this.storedVersion(realmId))) this.keep(realmId, version, catalog);
    return catalog;
  }

  /** Whether the running transaction has the lock of the realm, and took it before it wrote anything. */
  isLocked(realmId: string): boolean {
    const { transaction } = this.database;
    return transaction !== undefined && this.edits.get(transaction)?.get(realmId)?.before !== undefined;
  }

  /** The running transaction has the lock of the realm, and will leave this version. */
  locked(realmId: string, version: number): void {
    const edits = this.editsOfTransaction();
    const edit = edits.get(realmId);
    if (edit) edit.version = version;
    else edits.set(realmId, this.newEdit(realmId, version, { version: version - 1 }));
  }

  /** The running transaction has written a row, or deleted it. */
  wrote<K extends Kind>(kind: K, realmId: string, id: string, row: Rows[K] | undefined): void {
    const edits = this.editsOfTransaction();
    let edit = edits.get(realmId);
    if (!edit) edits.set(realmId, (edit = this.newEdit(realmId, Number.NaN)));
    edit.writes[kind].set(id, row);
  }

  private async withinEdit(
    realmId: string,
    edit: CatalogEdit | undefined,
    load: () => Promise<FlowCatalog>,
  ): Promise<FlowCatalog> {
    if (!edit?.before || isWritten(edit)) return inOrder(await load());
    const known = this.known.get(realmId);
    edit.before.catalog ??= known?.version === edit.before.version ? known.catalog : inOrder(await load());
    return edit.before.catalog;
  }

  private editsOfTransaction(): Map<string, CatalogEdit> {
    const { transaction } = this.database;
    if (!transaction) throw new Error('Flows are written in a unit of work');
    let edits = this.edits.get(transaction);
    if (!edits) this.edits.set(transaction, (edits = new Map<string, CatalogEdit>()));
    return edits;
  }

  private newEdit(realmId: string, version: number, before?: CatalogEdit['before']): CatalogEdit {
    const edit: CatalogEdit = {
      version,
      ...(before && { before }),
      writes: { flows: new Map(), executions: new Map(), configs: new Map() },
    };
    this.database.transaction?.effects.push(() => {
      this.committed(realmId, edit);
    });
    return edit;
  }

  /** What is known moves on with the edit; where the edit has not read the flows, the next reader does. */
  private committed(realmId: string, { before, version, writes }: CatalogEdit): void {
    const known = this.known.get(realmId);
    if (!before) this.known.delete(realmId);
    const base = before?.catalog ?? (known && known.version === before?.version ? known.catalog : undefined);
    if (base && !(known && known.version > version)) this.keep(realmId, version, withWrites(base, writes));
  }

  private keep(realmId: string, version: number, catalog: FlowCatalog): void {
    this.known.set(realmId, { version, catalog });
  }

  private async storedVersion(realmId: string): Promise<number | undefined> {
    const [row] = await this.database.select<{ version: number | string }>(
      'SELECT version FROM flow_catalog WHERE realm_id = $1',
      [realmId],
    );
    return row && Number(row.version);
  }
}

const isWritten = ({ writes }: CatalogEdit): boolean => Object.values(writes).some(({ size }) => size > 0);

const withWrites = (base: FlowCatalog, { flows, executions, configs }: CatalogEdit['writes']): FlowCatalog =>
  inOrder({
    flows: replaced(base.flows, flows),
    executions: replaced(base.executions, executions),
    configs: replaced(base.configs, configs),
  });

function replaced<T extends { readonly id: string }>(
  rows: readonly T[],
  writes: ReadonlyMap<string, T | undefined>,
): readonly T[] {
  if (writes.size === 0) return rows;
  return [...rows.filter(({ id }) => !writes.has(id)), ...[...writes.values()].filter((row) => row !== undefined)];
}

/** The order that the port promises, the same whatever the database's own is. Lists that have it stay the same objects. */
const inOrder = ({ flows, executions, configs }: FlowCatalog): FlowCatalog => ({
  flows: sorted(flows, (a, b) => a.position - b.position || byText(a.id, b.id)),
  executions: sorted(executions, (a, b) => a.priority - b.priority || byText(a.id, b.id)),
  configs: sorted(configs, (a, b) => byText(a.alias, b.alias) || byText(a.id, b.id)),
});

function sorted<T>(rows: readonly T[], order: (a: T, b: T) => number): readonly T[] {
  const isSorted = rows.every((row, at) => at === 0 || order(rows[at - 1] as T, row) <= 0);
  return isSorted ? rows : rows.toSorted(order);
}
