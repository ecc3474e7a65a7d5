import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import type { Outbound } from '../shared/outbound.js';
import type { AdminAction, AdminActions } from './admin-actions.js';
import { adminUrls } from './admin-urls.js';

/** Who was told, by address (Keycloak's GlobalRequestResult). An empty list is left out. */
export interface PushResult {
  readonly successRequests?: readonly string[];
  readonly failedRequests?: readonly string[];
}

/** Applications that are called at the same time. */
const PARALLEL = 32;

/** Tells applications something at their admin URLs at once, and who answered. Whoever is slow delays no other. */
export class AdminPushes {
  constructor(
    private readonly actions: AdminActions,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  /**
   * Addresses are called side by side, each for as long as any call may take. An answer of 200 or 204 counts, nothing else does.
   * Call it outside of a unit of work.
   * @throws AppError `no_signing_key`
   */
  async push(
    realm: Realm,
    clients: readonly Client[],
    actionFor: (client: Client) => AdminAction,
  ): Promise<PushResult> {
    const now = this.clock.seconds();
    const calls = clients.flatMap((client) => adminUrls(client, now).map((url) => ({ client, url })));
    const answered = new Map<string, boolean>();
    const waiting = [...calls];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const told = await this.tell(realm, next.client, next.url, actionFor(next.client));
        answered.set(`${next.client.id} ${next.url}`, told);
      }
    };
    await Promise.all(Array.from({ length: Math.min(PARALLEL, calls.length) }, work));
    return pushResult(calls.map(({ client, url }) => [url, answered.get(`${client.id} ${url}`) === true]));
  }

  private async tell(realm: Realm, client: Client, url: string, action: AdminAction): Promise<boolean> {
    const result = await this.outbound.send(await this.actions.request(realm, client, url, action));
    return result.kind === 'answered' && (result.status === 200 || result.status === 204);
  }
}

/** @param told addresses, and whether each was told */
export function pushResult(told: readonly (readonly [url: string, told: boolean])[]): PushResult {
  const successRequests = told.flatMap(([url, ok]) => (ok ? [url] : []));
  const failedRequests = told.flatMap(([url, ok]) => (ok ? [] : [url]));
  return {
    ...(successRequests.length > 0 && { successRequests }),
    ...(failedRequests.length > 0 && { failedRequests }),
  };
}
