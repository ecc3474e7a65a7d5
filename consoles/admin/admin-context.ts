import { createContext, use } from 'react';
import { useParams } from 'react-router';
import type { ApiClient } from '../kit/api/api-client.js';
import type { ConsoleAddress } from '../kit/auth/console-address.js';

/** What every page of the admin console can lean on. */
interface Admin {
  readonly address: ConsoleAddress;
  /** The server: paths begin at its root. */
  readonly api: ApiClient;
}

export const AdminContext = createContext<Admin | undefined>(undefined);

/** Where the console is served, and the API of the whole server. */
export function useAdmin(): Admin {
  const admin = use(AdminContext);
  if (!admin) throw new Error('There is no AdminContext around this');
  return admin;
}

/** Name of the realm that is shown: the first part of the address. */
export function useRealmName(): string {
  const { realm = '' } = useParams();
  return realm;
}

/** The Admin API of the realm that is shown: `api.get('/users')` asks `/admin/realms/{realm}/users`. */
export function useRealmApi(): ApiClient {
  const { api } = useAdmin();
  const realm = useRealmName();
  return api.below('admin', 'realms', realm);
}

/** Address of a page of the realm that is shown: `useTo()('users', id)`. Parts are encoded. */
export function useTo(): (...parts: readonly string[]) => string {
  const realm = useRealmName();
  return (...parts) => `/${[realm, ...parts].map(encodeURIComponent).join('/')}`;
}
