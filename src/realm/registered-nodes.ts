import type { Client } from './client.js';

/** Hosts of a clustered application, with the second at which each registered (Keycloak's `registeredNodes`). */
export type RegisteredNodes = Readonly<Record<string, number>>;

type Clustered = Pick<Client, 'extra' | 'nodeReRegistrationTimeout'>;

/** A host by name or address, without a port: it takes the place of the host in the client's admin URL. */
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])$/;

export const isNodeHost = (text: string): boolean => HOST.test(text);

/** All that ever registered and were not removed. What an import brought in another form is passed over. */
function registeredNodes({ extra }: Pick<Client, 'extra'>): RegisteredNodes {
  const stored = extra['registeredNodes'];
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return {};
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, number] => isNodeHost(entry[0]) && isSecond(entry[1])),
  );
}

/**
 * Nodes that count, by name: a client with a re-registration timeout loses those that have not come back within it.
 * @param now seconds
 */
export function liveNodes(client: Clustered, now: number): readonly string[] {
  const { nodeReRegistrationTimeout: timeout } = client;
  return Object.entries(registeredNodes(client))
    .filter(([, since]) => timeout <= 0 || since + timeout >= now)
    .map(([node]) => node)
    .sort();
}

/** The client with the node, known since `now` (seconds). */
export const withNode = (client: Client, node: string, now: number): Client =>
  withNodes(client, { ...registeredNodes(client), [node]: now });

/** The client without the node; undefined when it does not have it. */
export function withoutNode(client: Client, node: string): Client | undefined {
  const nodes = registeredNodes(client);
  if (!Object.hasOwn(nodes, node)) return undefined;
  return withNodes(client, Object.fromEntries(Object.entries(nodes).filter(([name]) => name !== node)));
}

function withNodes(client: Client, nodes: RegisteredNodes): Client {
  const { registeredNodes: _before, ...extra } = client.extra;
  return { ...client, extra: Object.keys(nodes).length === 0 ? extra : { ...extra, registeredNodes: nodes } };
}

const isSecond = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
