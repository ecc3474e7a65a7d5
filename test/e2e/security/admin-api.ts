import { askForTokens } from '../../support/browser-session.js';
import { ADMIN, type RunningServer } from '../../support/running-server.js';

/** An answer of the Admin API. */
export interface AdminReply {
  readonly status: number;
  readonly body: unknown;
  /** Id of what was made. */
  readonly madeId: string;
}

/** Somebody who calls the Admin API of one realm. */
export class AdminApi {
  private constructor(
    private readonly root: string,
    private readonly token: string,
  ) {}

  /** The administrator of the whole server. */
  static chief(server: RunningServer, realm: string): Promise<AdminApi> {
    return AdminApi.of(server, realm, 'master', ADMIN.username, ADMIN.password);
  }

  /** A user of the realm itself (password `<name>-pw`). */
  static member(server: RunningServer, realm: string, name: string): Promise<AdminApi> {
    return AdminApi.of(server, realm, realm, name, `${name}-pw`);
  }

  private static async of(
    server: RunningServer,
    realm: string,
    home: string,
    username: string,
    password: string,
  ): Promise<AdminApi> {
    const app = { realm: home, clientId: 'admin-cli', redirectUri: '' };
    const { access_token: token } = await askForTokens(server, app, { grant_type: 'password', username, password });
    if (token === undefined) throw new Error(`${username} got no token`);
    return new AdminApi(`${server.url}/admin/realms/${realm}`, token);
  }

  get = (path: string): Promise<AdminReply> => this.send('GET', path);
  post = (path: string, body: unknown): Promise<AdminReply> => this.send('POST', path, JSON.stringify(body));
  /** JSON as it is written. */
  postText = (path: string, text: string): Promise<AdminReply> => this.send('POST', path, text);
  put = (path: string, body: unknown = {}): Promise<AdminReply> => this.send('PUT', path, JSON.stringify(body));
  delete = (path: string): Promise<AdminReply> => this.send('DELETE', path);

  /** @param body JSON as it is written */
  async send(method: string, path: string, body?: string): Promise<AdminReply> {
    const response = await fetch(`${this.root}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      madeId: response.headers.get('location')?.split('/').at(-1) ?? '',
    };
  }
}
