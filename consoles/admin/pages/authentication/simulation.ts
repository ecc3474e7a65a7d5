import type { Move } from '../../flows/flow-api.js';

/** What the person does on a page. */
export interface Answer {
  /** Execution that shows the page. */
  readonly step: string;
  readonly answer?: 'right' | 'wrong' | 'cancel' | 'stop';
  /** Another way that the page offers. */
  readonly choose?: string;
}

/** What a played login comes to (`POST flows/{alias}/simulate`). */
export interface Simulation {
  readonly path: readonly Move[];
  readonly pages: readonly {
    readonly executionId: string;
    readonly page: string;
    readonly options: readonly { readonly executionId: string; readonly authenticator: string }[];
  }[];
  readonly end: { readonly kind: 'passed' | 'page' | 'refused'; readonly code?: string; readonly message?: string };
  readonly requiredActions: readonly string[];
  readonly consent: readonly string[];
  readonly sessions?: {
    readonly opens: 'new' | 'offline' | 'joins' | 'renews';
    readonly counts: { readonly realm: number; readonly client: number };
    readonly ended: readonly { readonly id: string; readonly ipAddress?: string }[];
  };
}
