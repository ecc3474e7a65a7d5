import { ACCOUNT_CONTROLLERS } from '../../../src/account/account.controllers.js';
import { ADMIN_CONTROLLERS } from '../../../src/admin/admin.controllers.js';
import { UnmatchedAdminController, UnmatchedRealmController } from '../../../src/admin/unmatched.controller.js';
import { declaredRoutes } from '../../../src/http/declared-routes.js';
import { OIDC_CONTROLLERS } from '../../../src/oidc/oidc.controllers.js';
import type { JsonObject } from '../../../src/shared/json.js';
import { WEB_CONTROLLERS } from '../../../src/web/web.controllers.js';
import { ERROR_ANSWERS, ERROR_SCHEMAS } from './errors.js';
import { Operations, type Operation } from './operations.js';
import { BodySchemas } from './schemas.js';
import { Sources } from './sources.js';

const DESCRIPTION =
  'An authentication server that behaves like Keycloak 26.7 on the wire. `x-needs` of an operation says which roles it asks for; ' +
  'members of a body that no schema names are refused where it says `additionalProperties: false`; every member may be left out ' +
  'or null. docs/compatibility.md says where answers differ from those of Keycloak.';

const SECURITY = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token; also bound by DPoP.' },
  client: { type: 'http', scheme: 'basic', description: 'Client id and secret; other methods go in the body.' },
};

/** Every controller of the server but those that answer where there is no route. */
const DOCUMENTED_CONTROLLERS = [
  ...ADMIN_CONTROLLERS.filter((type) => type !== UnmatchedAdminController && type !== UnmatchedRealmController),
  ...ACCOUNT_CONTROLLERS,
  ...OIDC_CONTROLLERS,
  ...WEB_CONTROLLERS,
];

/** The OpenAPI document of the server as text: every operation on a line of its own. */
export function openApiDocument(version: string): string {
  const sources = new Sources();
  const schemas = new BodySchemas(sources);
  const operations = new Operations(sources, schemas);
  const paths = pathsOf(DOCUMENTED_CONTROLLERS.flatMap(declaredRoutes).flatMap((route) => operations.of(route)));
  const head = {
    openapi: '3.1.0',
    info: {
      title: 'Sluice',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
  };
  const members = Object.entries(head).map(([name, value]) => member(name, JSON.stringify(value)));
  const components = {
    securitySchemes: lines(SECURITY, '      '),
    responses: lines(ERROR_ANSWERS, '      '),
    schemas: lines({ ...schemas.all(), ...ERROR_SCHEMAS }, '      '),
  };
  const pathLines = [...paths].map(([path, item]) => `    ${JSON.stringify(path)}: ${lines(item, '      ')}`);
  members.push(`  "paths": {\n${pathLines.join(',\n')}\n  }`);
  const parts = Object.entries(components).map(([name, text]) => `    ${JSON.stringify(name)}: ${text}`);
  members.push(`  "components": {\n${parts.join(',\n')}\n  }`);
  return `{\n${members.join(',\n')}\n}\n`;
}

/** In the order of the controllers, the methods of a path together. @throws Error when two routes are the same operation */
function pathsOf(operations: readonly Operation[]): ReadonlyMap<string, JsonObject> {
  const paths = new Map<string, Record<string, JsonObject>>();
  for (const { path, method, operation } of operations) {
    const item = paths.get(path) ?? {};
    if (item[method]) throw new Error(`Two handlers answer ${method} ${path}`);
    item[method] = operation;
    paths.set(path, item);
  }
  return paths;
}

const member = (name: string, text: string): string => `  ${JSON.stringify(name)}: ${text}`;

const lines = (value: JsonObject, indent: string): string => {
  const rows = Object.entries(value).map(
    ([name, entry]) => `${indent}${JSON.stringify(name)}: ${JSON.stringify(entry)}`,
  );
  return `{\n${rows.join(',\n')}\n${indent.slice(2)}}`;
};
