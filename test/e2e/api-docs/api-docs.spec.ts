import { ModulesContainer } from '@nestjs/core';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaredRoutes } from '../../../src/http/declared-routes.js';
import type { ApiOperation, OpenApi } from '../../../src/web/api-docs/api-page.js';
import { RunningServer } from '../../support/running-server.js';

const SRC = join(import.meta.dirname, '..', '..', '..', 'src');
/** Controllers that answer where there is no route. */
const NO_ROUTES = ['UnmatchedAdminController', 'UnmatchedRealmController'];

let server: RunningServer;
let document: OpenApi;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [], settings: { SLUICE_HTTP_RELATIVE_PATH: '/auth' } });
  document = (await (await fetch(docs('/openapi.json'))).json()) as OpenApi;
});
afterAll(() => server.close());

const docs = (path = ''): string => `${server.url}/auth/docs/api${path}`;

const operation = (method: string, path: string): ApiOperation | undefined => document.paths[path]?.[method];

const names = (found: ApiOperation | undefined): readonly string[] => found?.parameters?.map(({ name }) => name) ?? [];

describe('the document of the API', () => {
  it('has every route of every controller that runs', () => {
    const controllers = [...server.part(ModulesContainer).values()].flatMap((module) => [
      ...module.controllers.values(),
    ]);
    const routes = controllers
      .map(({ metatype }) => metatype as Parameters<typeof declaredRoutes>[0])
      .filter(({ name }) => !NO_ROUTES.includes(name))
      .flatMap(declaredRoutes)
      .map(({ method, path }) => ({
        method: method === 'ALL' ? 'post' : method.toLowerCase(),
        path: `/${path}`.replaceAll(/:(\w+)/g, '{$1}').replace(/\*$/, '{rest}'),
      }));
    expect(routes.length).toBeGreaterThan(300);
    expect(routes.filter(({ method, path }) => !operation(method, path))).toEqual([]);
  });

  it('says where the server lives', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/auth' }] });
  });

  it('has the parameters that handlers read, also in the functions they call', () => {
    expect(names(operation('get', '/admin/realms/{realm}/users'))).toEqual(
      expect.arrayContaining(['realm', 'first', 'max', 'search', 'q', 'emailVerified', 'briefRepresentation']),
    );
    expect(names(operation('get', '/admin/realms/{realm}/events'))).toContain('dateFrom');
    expect(names(operation('get', '/admin/realms/{realm}/components'))).toContain('parent');
    expect(names(operation('get', '/realms/{realm}/login-actions/authenticate'))).toContain('session_code');
  });

  it('has bodies with the checks of their members, rights, and the shapes of errors', () => {
    const create = operation('post', '/admin/realms/{realm}/users');
    expect(create).toMatchObject({
      'x-needs': expect.stringContaining('any of the roles manage-users; and every admin role') as string,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/UserRepresentation' } } },
      },
      responses: { 201: {}, 400: { $ref: '#/components/responses/admin-400' } },
    });
    expect(document.components.schemas['UserRepresentation']?.properties).toMatchObject({
      id: { type: 'string', maxLength: 255 },
      enabled: { type: 'boolean' },
      groups: { type: 'array', description: 'Paths.' },
      credentials: { type: 'array', items: { $ref: '#/components/schemas/CredentialRepresentation' } },
    });
  });

  it('refers to nothing that it does not have', () => {
    const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    const components = document.components as unknown as Record<string, Record<string, unknown>>;
    expect(pointers.length).toBeGreaterThan(1000);
    expect(pointers.filter(([, kind = '', name = '']) => !components[kind]?.[name])).toEqual([]);
  });

  it('has every parameter of OpenID Connect that the code reads by name', () => {
    const known = new Set(
      Object.entries(document.paths).flatMap(([path, item]) =>
        path.startsWith('/realms/')
          ? Object.values(item).flatMap((each) => [
              ...names(each),
              ...Object.values(each.requestBody?.content ?? {}).flatMap(({ schema }) =>
                Object.keys(schema.properties ?? {}),
              ),
            ])
          : [],
      ),
    );
    const read = readdirSync(join(SRC, 'oidc'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => readFileSync(join(SRC, 'oidc', file), 'utf8'))
      .flatMap((text) => [...text.matchAll(/\bgiven\((?:request\.)?(?:form|query|parameters), '(\w+)'\)/g)])
      .map(([, name = '']) => name);
    expect(read.length).toBeGreaterThan(20);
    expect(read.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the page of the API', () => {
  it('shows every operation, runs no script and loads only from this server', async () => {
    const response = await fetch(docs());
    const html = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.status).toBe(200);
    expect(policy).toContain("default-src 'none'; style-src 'self'");
    expect(policy).not.toContain('script-src');
    expect(html).not.toMatch(/<script|<link[^>]+href="(?!\/auth\/docs\/api\/)|src="/);
    const shown = [...html.matchAll(/<details id="(?!schema-)/g)].length;
    expect(shown).toBe(Object.values(document.paths).flatMap((item) => Object.keys(item)).length);
    expect(html).toContain('<code>/admin/realms/{realm}/users</code>');
    expect(html).toContain('<a href="#schema-UserRepresentation">UserRepresentation</a>');
    expect((await fetch(docs('/style.css'))).headers.get('content-type')).toContain('text/css');
  });
});
