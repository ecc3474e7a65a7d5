import type { Agent } from 'node:http';
import { httpRequest, jsonOf, textOf, type HttpAnswer } from './http-request.js';

const TOKEN_FOR_MS = 30_000;

/** Name and password of an administrator of master. */
export interface AdminCredentials {
  readonly name: string;
  readonly password: string;
}

/** The administrator of a server, over its Admin REST API and as many connections as the agent has. */
export class Administrator {
  constructor(
    private readonly agent: Agent,
    private readonly server: string,
    private readonly credentials: AdminCredentials,
    private readonly token: { value: string; until: number } = { value: '', until: 0 },
  ) {}

  /** The same administrator over other connections. */
  over(agent: Agent): Administrator {
    return new Administrator(agent, this.server, this.credentials, this.token);
  }

  /** Ids of a user's sessions, those of offline tokens apart. */
  async sessionsOf(realm: string, userId: string): Promise<readonly string[]> {
    const { body } = await this.read(`/admin/realms/${realm}/users/${userId}/sessions`);
    return (JSON.parse(body) as readonly { id: string }[]).map(({ id }) => id);
  }

  /** How many failed logins the guard against guessing has counted for a user. */
  async failuresOf(realm: string, userId: string): Promise<number> {
    return Number(
      jsonOf(await this.read(`/admin/realms/${realm}/attack-detection/brute-force/users/${userId}`))['numFailures'],
    );
  }

  /** @throws Error when the answer is not 200: what was not read proves nothing */
  async read(path: string): Promise<HttpAnswer> {
    const answer = await this.send('GET', path);
    if (answer.status !== 200) throw refused('GET', path, answer);
    return answer;
  }

  /** Changes something. @throws Error when the answer is none of success */
  async change(method: 'POST' | 'PUT' | 'DELETE', path: string, json?: object): Promise<HttpAnswer> {
    const answer = await this.send(method, path, json);
    if (answer.status < 200 || answer.status > 299) throw refused(method, path, answer);
    return answer;
  }

  /** Makes something and gives its id. @throws as `change`, and when the answer does not say where it is */
  async create(path: string, json: object): Promise<string> {
    const answer = await this.change('POST', path, json);
    const id = answer.headers.location?.split('/').at(-1) ?? '';
    if (id === '') throw refused('POST', path, answer);
    return id;
  }

  private async send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, json?: object): Promise<HttpAnswer> {
    const ask = async (): Promise<HttpAnswer> => {
      const headers = { authorization: `Bearer ${await this.bearer()}` };
      return httpRequest(this.agent, method, `${this.server}${path}`, { headers, ...(json && { json }) });
    };
    const answer = await ask();
    if (answer.status !== 401) return answer;
    // The server's clock need not be ours.
    this.token.until = 0;
    return ask();
  }

  private async bearer(): Promise<string> {
    if (this.token.until > performance.now()) return this.token.value;
    const { name, password } = this.credentials;
    const answer = await httpRequest(this.agent, 'POST', `${this.server}/realms/master/protocol/openid-connect/token`, {
      form: { grant_type: 'password', client_id: 'admin-cli', username: name, password },
    });
    const value = textOf(answer, 'access_token');
    if (value === '') throw new Error(`The administrator cannot log in: ${answer.status} ${answer.body.slice(0, 200)}`);
    Object.assign(this.token, { value, until: performance.now() + TOKEN_FOR_MS });
    return value;
  }
}

const refused = (method: string, path: string, { status, body }: HttpAnswer): Error =>
  new Error(`The Admin API answered ${status} to ${method} ${path}: ${body.slice(0, 200)}`);
