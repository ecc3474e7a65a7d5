import { apiErrorOf, unreachable } from './api-error.js';

/** Values of a query; undefined ones are left out, lists are repeated. */
export type Query = Readonly<Record<string, string | number | boolean | undefined | readonly string[]>>;

/** Where tokens come from. */
export interface TokenSource {
  /** @param refused a token that the server did not take */
  accessToken(refused?: string): Promise<string>;
}

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Query | undefined;
  /** Sent as JSON; a FormData or a text with its own `contentType` as it is. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** Version that is to be changed: the server refuses (412) when there is a newer one. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An answer with what its headers say. */
export interface ApiAnswer<T> {
  readonly value: T;
  /** Version of what was read, for `ifMatch`. */
  readonly etag?: string;
  /** Last part of the address of what was made: its id. */
  readonly createdId?: string;
}

/** Speaks to one of the server's HTTP APIs for whoever is signed in. */
export class ApiClient {
  /** @param base address of the API, without a slash at its end */
  constructor(
    private readonly base: string,
    private readonly tokens: TokenSource,
  ) {}

  /** The same API further down: `api.below('realms', name)`. Parts are encoded. */
  below(...parts: readonly string[]): ApiClient {
    return new ApiClient([this.base, ...parts.map(encodeURIComponent)].join('/'), this.tokens);
  }

  /** @param path `/users/…`, encoded. @throws ApiError */
  async get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return (await this.send<T>(path, { query, signal })).value;
  }

  /** @throws ApiError */
  async post<T = void>(path: string, body?: unknown, query?: Query): Promise<ApiAnswer<T>> {
    return this.send<T>(path, { method: 'POST', body, query });
  }

  /** @throws ApiError */
  async put<T = void>(path: string, body?: unknown, ifMatch?: string): Promise<ApiAnswer<T>> {
    return this.send<T>(path, { method: 'PUT', body, ifMatch });
  }

  /** @throws ApiError */
  async delete(path: string, query?: Query, body?: unknown): Promise<void> {
    await this.send(path, { method: 'DELETE', query, body });
  }

  /** @throws ApiError */
  async send<T = void>(path: string, request: ApiRequest = {}): Promise<ApiAnswer<T>> {
    const token = await this.token();
    let response = await this.fetch(path, request, token);
    // A token can be taken back before its time: once more with a new one, which also finds out whether the session is over.
    if (response.status === 401) response = await this.fetch(path, request, await this.token(token));
    const value = await bodyOf(response);
    if (!response.ok) throw apiErrorOf(response.status, value);
    const etag = response.headers.get('etag');
    const createdId = response.headers.get('location')?.split('/').pop();
    return { value: value as T, ...(etag !== null && { etag }), ...(createdId !== undefined && { createdId }) };
  }

  private async token(refused?: string): Promise<string> {
    try {
      return await this.tokens.accessToken(refused);
    } catch {
      throw unreachable();
    }
  }

  private async fetch(path: string, request: ApiRequest, token: string): Promise<Response> {
    const { method = 'GET', query = {}, body, contentType, ifMatch, signal = null } = request;
    const headers = new Headers({ authorization: `Bearer ${token}`, accept: 'application/json' });
    if (ifMatch !== undefined) headers.set('if-match', ifMatch);
    const isText = contentType !== undefined;
    if (body !== undefined && !(body instanceof FormData))
      headers.set('content-type', contentType ?? 'application/json');
    const sent =
      body === undefined ? null : body instanceof FormData || isText ? (body as BodyInit) : JSON.stringify(body);
    try {
      return await fetch(`${this.base}${path}${queryText(query)}`, { method, headers, body: sent, signal });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw unreachable();
    }
  }
}

function queryText(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value])
      parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  const body = await response.text().catch(() => '');
  if (body === '') return undefined;
  if (!(response.headers.get('content-type') ?? '').includes('json')) return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
