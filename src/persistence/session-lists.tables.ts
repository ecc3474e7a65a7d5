import { bigint, boolean, key, tableOf } from './columns.js';

/** Part of the number of client sessions of a client; the sum over its parts is the number. */
interface ClientSessionCount {
  readonly realmId: string;
  readonly clientId: string;
  readonly offline: boolean;
  /** 0, or on PostgreSQL the transaction that counted apart. */
  readonly part: number;
  readonly sessions: number;
}

/** Written by triggers. */
export const clientSessionCountTable = tableOf<ClientSessionCount>('client_session_count', {
  realmId: key(),
  clientId: key(),
  offline: { ...boolean(), primary: true },
  part: { ...bigint(), primary: true },
  sessions: bigint(),
});
