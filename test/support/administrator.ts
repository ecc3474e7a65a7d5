import type { Agent } from 'node:http';
import { httpRequest, jsonOf, textOf, type HttpAnswer } from './http-request.js';

const TOKEN_FOR_MS = 30_000;

/** The administrator of a server, over its Admin REST API and as many connections as the agent has. */
export class Administrator {
  private token: { readonly value: string; readonly until: number } | undefined;

  constructor(
    private readonly agent: Agent,
    private readonly server: string,
    private readonly credentials: { readonly name: string; readonly password: string },
  ) {}

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

  /** Changes something. @throws Error when the answer is none of success */
  async change(method: 'POST' | 'PUT' | 'DELETE', path: string, json?: object): Promise<HttpAnswer> {
    const headers = { authorization: `Bearer ${await this.bearer()}` };
    const answer = await httpRequest(this.agent, method, `${this.server}${path}`, { headers, ...(json && { json }) });
    if (answer.status < 200 || answer.status > 299)
      throw new Error(`The Admin API answered ${answer.status} to ${method} ${path}: ${answer.body.slice(0, 200)}`);
    return answer;
  }

  /** @throws Error when the answer is not 200: what was not read proves nothing */
  async read(path: string): Promise<HttpAnswer> {
    const headers = { authorization: `Bearer ${await this.bearer()}` };
    const answer = await httpRequest(this.agent, 'GET', `${this.server}${path}`, { headers });
    if (answer.status !== 200)
      throw new Error(`The Admin API answered ${answer.status} to ${path}: ${answer.body.slice(0, 200)}`);
    return answer;
  }

  private async bearer(): Promise<string> {
    if (this.token && this.token.until > performance.now()) return this.token.value;
    const { name, password } = this.credentials;
    const answer = await httpRequest(this.agent, 'POST', `${this.server}/realms/master/protocol/openid-connect/token`, {
      form: { grant_type: 'password', client_id: 'admin-cli', username: name, password },
    });
    const value = textOf(answer, 'access_token');
    if (value === '') throw new Error(`The administrator cannot log in: ${answer.status} ${answer.body.slice(0, 200)}`);
    this.token = { value, until: performance.now() + TOKEN_FOR_MS };
    return value;
  }
}
