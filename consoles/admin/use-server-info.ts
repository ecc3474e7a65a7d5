import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useAdmin } from './admin-context.js';
import type { ConfigProperty } from './flows/flow-api.js';
import type { MapperKind } from './mappers/mapper.js';

/** A kind of password policy (PasswordPolicyTypeRepresentation). */
export interface PasswordPolicyType {
  readonly id: string;
  readonly displayName: string;
  /** Absent where there is nothing to set. */
  readonly configType?: 'int' | 'String';
  readonly defaultValue?: string;
  readonly multipleSupported: boolean;
}

/** A kind of component (ComponentTypeRepresentation), as far as consoles need it. */
export interface ComponentType {
  readonly id: string;
  readonly properties: readonly ConfigProperty[];
}

/** ServerInfoRepresentation, as far as it is used here. */
interface ServerInfo {
  readonly passwordPolicies: readonly PasswordPolicyType[];
  readonly componentTypes: Readonly<Record<string, readonly ComponentType[] | undefined>>;
  readonly themes: { readonly login: readonly { readonly locales?: readonly string[] }[] };
  readonly protocolMapperTypes: { readonly 'openid-connect': readonly MapperKind[] };
}

/** What the server has and can do: read once, it does not change while it runs. */
export function useServerInfo(): UseQueryResult<ServerInfo> {
  const { api } = useAdmin();
  return useQuery({
    queryKey: ['serverinfo'],
    queryFn: ({ signal }) => api.get<ServerInfo>('/admin/serverinfo', {}, signal),
    staleTime: Infinity,
  });
}
