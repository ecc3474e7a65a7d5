import { AsyncLocalStorage } from 'node:async_hooks';

/** Where an edit of flows comes from. */
export interface EditOrigin {
  readonly editor?: { readonly id: string; readonly username: string };
  /** Hash of the version that the editor saw: an edit of a flow that has another head by now is refused. */
  readonly ifMatch?: string;
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
}
