import KcAdminClient from '@keycloak/keycloak-admin-client';
import { ADMIN, type RunningServer } from './running-server.js';

const TOKEN_IS_GOOD_MS = 30_000;

/** What a call of the Admin API answered. */
export interface AdminReply<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when there is none. */
  readonly body: T;
}

/** The Admin API of one realm as an administrator of master: the reference's client, and calls that it does not have. */
export class AdminRest {
  private constructor(
    private readonly server: RunningServer,
    private readonly realm: string,
    readonly client: KcAdminClient,
  ) {}

  private signedInAt = Number.NEGATIVE_INFINITY;

  static async of(server: RunningServer, realm: string): Promise<AdminRest> {
    const rest = new AdminRest(server, realm, new KcAdminClient({ baseUrl: server.url, realmName: 'master' }));
    await rest.signedIn();
    return rest;
  }

  /** The reference's client with a token that is good: a test that moves the clock asks for it again. */
  async signedIn(): Promise<KcAdminClient> {
    const now = this.server.clock.now();
    if (now - this.signedInAt > TOKEN_IS_GOOD_MS) {
      this.client.setConfig({ realmName: 'master' });
      await this.client.auth({ ...ADMIN, grantType: 'password', clientId: 'admin-cli' });
      this.client.setConfig({ realmName: this.realm });
      this.signedInAt = now;
    }
    return this.client;
  }

  /** @param path below the realm, with its query */
  async call<T = unknown>(method: string, path: string, body?: object): Promise<AdminReply<T>> {
    await this.signedIn();
    const response = await fetch(`${this.server.url}/admin/realms/${this.realm}${path === '' ? '' : `/${path}`}`, {
      method,
      headers: {
        authorization: `Bearer ${this.client.accessToken ?? ''}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
    };
  }

  /** Id of a top-level flow. @throws Error when there is none of that alias */
  async flowId(alias: string): Promise<string> {
    const flow = (await (await this.signedIn()).authenticationManagement.getFlows()).find(
      (each) => each.alias === alias,
    );
    if (flow?.id === undefined) throw new Error(`There is no flow ${alias}`);
    return flow.id;
  }

  /** Internal id of a client. @throws Error when there is none */
  async clientUuid(clientId: string): Promise<string> {
    const [client] = await (await this.signedIn()).clients.find({ clientId });
    if (client?.id === undefined) throw new Error(`There is no client ${clientId}`);
    return client.id;
  }

  /** Makes a flow of steps, each REQUIRED. */
  async makeFlow(alias: string, ...providers: readonly string[]): Promise<void> {
    const { authenticationManagement: flows } = await this.signedIn();
    await flows.createFlow({ alias, providerId: 'basic-flow', topLevel: true, builtIn: false });
    for (const provider of providers) {
      await flows.addExecutionToFlow({ flow: alias, provider });
      const row = (await flows.getExecutions({ flow: alias })).at(-1);
      await flows.updateExecution({ flow: alias }, { ...row, requirement: 'REQUIRED' });
    }
  }
}
