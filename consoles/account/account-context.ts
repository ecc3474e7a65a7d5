import { createContext, use } from 'react';
import type { ApiClient } from '../kit/api/api-client.js';
import type { ConsoleAddress } from '../kit/auth/console-address.js';

/** What every page of the account console can lean on. */
interface Account {
  readonly address: ConsoleAddress;
  /** The account REST API of the realm: `api.get('/sessions/devices')`. */
  readonly api: ApiClient;
  /** Words of the login pages in the realm, by language: `words.get('/en')`. */
  readonly words: ApiClient;
}

export const AccountContext = createContext<Account | undefined>(undefined);

/** Where the console is served, and the API of the person's own account. */
export function useAccount(): Account {
  const account = use(AccountContext);
  if (!account) throw new Error('There is no AccountContext around this');
  return account;
}
