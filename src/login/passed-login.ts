import type { FlowState } from '../engine/index.js';
import type { PendingLogin } from './pending-login.js';

/** A login whose flow has passed: it knows its user. */
export type PassedLogin = PendingLogin & {
  readonly state: FlowState & { readonly userId: string };
  readonly provenAt: number;
};

/** The login of a row, if its flow has passed. */
export const passedLogin = (row: PendingLogin): PassedLogin | undefined =>
  row.state?.userId !== undefined && row.provenAt !== undefined
    ? { ...row, state: { ...row.state, userId: row.state.userId }, provenAt: row.provenAt }
    : undefined;
