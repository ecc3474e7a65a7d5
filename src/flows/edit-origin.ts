import { AsyncLocalStorage } from 'node:async_hooks';
import type { JsonObject } from '../shared/json.js';

/** Something that became of an edit beside what was asked for: the audit hears it, and of a warning also the caller. */
export interface EditNote {
  /** Address of what it is about, below the realm. */
  readonly path: string;
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'ACTION';
  readonly detail: JsonObject;
  /** What the caller should read. */
  readonly warning?: string;
}

/** Where an edit of flows comes from. */
export interface EditOrigin {
  readonly editor?: { readonly id: string; readonly username: string };
  /** Hash of the version that the editor saw: an edit of a flow that has another head by now is refused. */
  readonly ifMatch?: string;
  /** Seconds in which a changed binding has to be confirmed, or the one before it returns. */
  readonly confirmWithin?: number;
  /** Takes notes for the answer. */
  readonly notes?: EditNote[];
}

/**
 * The origin of the edit that is being made. It is ambient, as the unit of work is: every edit has one, and no rule about flows
 * depends on it.
 */
export class EditOrigins {
  private readonly storage = new AsyncLocalStorage<EditOrigin>();

  /** Calls `work` with the origin of everything it edits. */
  run<T>(origin: EditOrigin, work: () => T): T {
    return this.storage.run(origin, work);
  }

  get current(): EditOrigin {
    return this.storage.getStore() ?? {};
  }

  /** Tells the edit's caller and the audit, where there are any. */
  note(note: EditNote): void {
    this.current.notes?.push(note);
  }
}
