import { ADMIN_RIGHTS, type AdminRight } from '../../../src/admin/admin-rights.js';
import { adminRoutes } from '../../../src/admin/admin-routes.js';
import type { DeclaredRoute } from '../../../src/http/declared-routes.js';
import type { JsonObject } from '../../../src/shared/json.js';
import { answersOf } from './answers.js';
import type { Door } from './errors.js';
import { describeHandler, type Handler, type TakenBody } from './handlers.js';
import { OIDC_PARAMETERS } from './oidc-parameters.js';
import type { ParameterKind } from './query-reads.js';
import type { BodySchemas } from './schemas.js';
import { docOf, type Sources } from './sources.js';

const KINDS: Readonly<Record<ParameterKind, JsonObject>> = {
  text: { type: 'string' },
  texts: { type: 'array', items: { type: 'string' } },
  flag: { type: 'boolean' },
  whole: { type: 'integer', format: 'int32' },
};

/** An operation of the document, and where it stands there. */
export interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: JsonObject;
}

/** Writes operations from routes. */
export class Operations {
  /** Rights by method and path: the table that docs/permissions.md shows. */
  private readonly rights = new Map(adminRoutes().map((route) => [`${route.method} ${route.path}`, route]));

  constructor(
    private readonly sources: Sources,
    private readonly schemas: BodySchemas,
  ) {}

  /** The operations of a route; several where it answers every method. */
  of(route: DeclaredRoute): readonly Operation[] {
    const handler = describeHandler(route, this.sources);
    const path = `/${route.path}`.replaceAll(/:(\w+)/g, '{$1}').replace(/\*$/, '{rest}');
    const methods = route.method === 'ALL' ? ['GET', 'POST'] : [route.method];
    return methods.map((method) => {
      return { path, method: method.toLowerCase(), operation: this.operation({ ...route, method }, path, handler) };
    });
  }

  private operation(route: DeclaredRoute, path: string, handler: Handler): JsonObject {
    const door = doorOf(route);
    const { right = handler.right, also } = this.rights.get(`${route.method} ${route.path}`) ?? {};
    const known = OIDC_PARAMETERS[`${route.type.name}.${route.name}`];
    const inQuery = known && route.method === 'GET';
    const parameters = [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => parameter('path', name, KINDS.text, true)),
      ...[...handler.query].map(([name, kind]) => parameter('query', name, KINDS[kind])),
      ...(inQuery ? fieldsOf(known).map(([name, must]) => parameter('query', name, KINDS.text, must)) : []),
    ];
    const body = this.bodyOf(door, route, handler, known && !inQuery ? fieldsOf(known) : undefined);
    const needs = needsOf(door, handler, right, also);
    const rights = right === undefined ? undefined : { right, roles: [...ADMIN_RIGHTS[right]] };
    return {
      tags: [tagOf(door, route)],
      operationId: `${route.type.name}.${route.name} ${route.method} ${path}`
        .replaceAll(/[^\w.]+/g, '-')
        .replace(/-$/, ''),
      ...summaryOf(handler, this.sources, route),
      ...(needs !== '' && { 'x-needs': needs }),
      ...(rights && { 'x-rights': rights }),
      ...(parameters.length > 0 && { parameters }),
      ...(body && { requestBody: body }),
      responses: answersOf(door, route, handler, right !== undefined),
      security: securityOf(door, route),
    };
  }

  private bodyOf(
    door: Door,
    { method, type }: DeclaredRoute,
    { body }: Handler,
    fields: readonly (readonly [string, boolean])[] | undefined,
  ): JsonObject | undefined {
    if (fields) return form(fields);
    if (door === 'web' && method === 'POST' && type.name === 'LoginActionsController') return form([]);
    if (!body) return undefined;
    if (body.kind === 'text') return { required: true, content: { 'text/plain': { schema: { type: 'string' } } } };
    const required = body.kind === 'schema' || body.optional !== true;
    return { required, content: { 'application/json': { schema: this.schemaOf(body) } } };
  }

  private schemaOf(body: Exclude<TakenBody, { kind: 'text' }>): JsonObject {
    if (body.kind === 'schema') return this.schemas.write(body.schema);
    const one = this.schemas.of(body.type);
    return body.kind === 'one' ? one : { type: 'array', items: one };
  }
}

const parameter = (place: string, name: string, schema: JsonObject, required = false): JsonObject => ({
  name,
  in: place,
  ...(required && { required }),
  schema,
});

const fieldsOf = ({
  required = [],
  optional = [],
}: {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
}): readonly (readonly [string, boolean])[] => [
  ...required.map((name) => [name, true] as const),
  ...optional.map((name) => [name, false] as const),
];

const form = (fields: readonly (readonly [string, boolean])[]): JsonObject => {
  const required = fields.flatMap(([name, must]) => (must ? [name] : []));
  const properties = Object.fromEntries(fields.map(([name]) => [name, KINDS.text]));
  const schema = { type: 'object', ...(fields.length > 0 && { properties }), ...(required.length > 0 && { required }) };
  return { required: true, content: { 'application/x-www-form-urlencoded': { schema } } };
};

function summaryOf({ doc }: Handler, sources: Sources, { type, name }: DeclaredRoute): JsonObject {
  const description = doc === '' ? docOf(sources.classNamed(type.name)) : doc;
  return { summary: name.replaceAll(/([A-Z])/g, ' $1').toLowerCase(), ...(description !== '' && { description }) };
}

function doorOf({ path }: DeclaredRoute): Door {
  if (path.startsWith('admin')) return 'admin';
  if (path.startsWith('t/')) return 'sessions';
  if (path.startsWith('realms/:realm/account')) return 'account';
  return path.startsWith('realms/:realm') && !path.includes('/login-actions') ? 'oidc' : 'web';
}

/** The first word below the realm for the Admin API, else the door. */
function tagOf(door: Door, { path }: DeclaredRoute): string {
  if (door !== 'admin') return TAGS[door];
  const family = /^admin\/realms\/:realm\/([^/]+)/.exec(path)?.[1];
  return `Admin API: ${family ?? (path.startsWith('admin/realms/:realm') ? 'realm' : 'realms')}`;
}

const TAGS: Readonly<Record<Exclude<Door, 'admin'>, string>> = {
  sessions: 'Session API of a tenant',
  account: 'Account API',
  oidc: 'OpenID Connect',
  web: 'Pages and health',
};

function needsOf(door: Door, { roles }: Handler, right: AdminRight | undefined, also: string | undefined): string {
  const rights = right === undefined ? [] : [`any of the roles ${ADMIN_RIGHTS[right].join(', ')}`];
  if (door === 'admin' || right !== undefined) return [...rights, ...(also === undefined ? [] : [also])].join('; and ');
  return roles.length === 0 ? '' : `any of the roles ${roles.join(', ')} of the client account`;
}

function securityOf(door: Door, { path, method }: DeclaredRoute): JsonObject[] {
  if (method === 'OPTIONS') return [];
  if (
    path.endsWith('/token') ||
    path.endsWith('/introspect') ||
    path.endsWith('/revoke') ||
    path.endsWith('/par/request')
  )
    return [{ client: [] }, {}];
  return door === 'admin' || door === 'account' || door === 'sessions' || path.endsWith('/userinfo')
    ? [{ bearer: [] }]
    : [];
}
