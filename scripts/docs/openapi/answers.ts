import type { DeclaredRoute } from '../../../src/http/declared-routes.js';
import type { JsonObject } from '../../../src/shared/json.js';
import { errorAnswers, type Door } from './errors.js';
import type { Handler } from './handlers.js';

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const object: JsonObject = { type: 'object' };
const html: JsonObject = { 'text/html': { schema: { type: 'string' } } };
const page = { description: 'A page.', content: html };
const away = { description: 'On to another address.', headers: { Location: { schema: { type: 'string' } } } };
const dataAnswer = { description: 'The answer.', content: json(object) };

/** Answers of handlers that write their reply themselves, by handler; `*` is every other one of the class. */
const WRITTEN: Readonly<Record<string, JsonObject>> = {
  'AuthorizeController.*': { 200: page, 302: away },
  'LoginActionsController.looked': { 200: { description: 'The address is one; nothing is done.' } },
  'LoginActionsController.*': { 200: page, 302: away },
  'LogoutController.*': { 200: page, 204: { description: 'The session of the refresh token has ended.' }, 302: away },
  'SessionFramesController.*': { 200: page },
  'SessionFramesController.mayAsk': { 204: { description: 'The page of this origin may ask.' } },
  'UserInfoController.*': {
    200: {
      description: 'The claims, signed when the client wants that.',
      content: { ...json(object), 'application/jwt': { schema: { type: 'string' } } },
    },
  },
  'AccountPreflightController.*': { 200: { description: 'What a page of another origin may send.' } },
  'RevocationController.*': { 200: { description: 'The token is worth nothing, if it ever was.' } },
  'PreflightController.*': { 200: { description: 'What a page of another origin may send.' } },
  'HealthController.ready': { 200: dataAnswer, 503: { description: 'The database does not answer.' } },
  'ResourcesController.*': {
    200: { description: 'The file.', content: { 'text/css': { schema: { type: 'string' } } } },
  },
  'AdminConsoleController.*': { 200: page },
  'ConsoleFilesController.*': {
    200: { description: 'The file.', content: { '*/*': { schema: { type: 'string' } } } },
  },
  'ApiDocsController.page': { 200: page },
  'ApiDocsController.json': { 200: dataAnswer },
  'ApiDocsController.style': {
    200: { description: 'The stylesheet.', content: { 'text/css': { schema: { type: 'string' } } } },
  },
};

/**
 * The answers of an operation: what it gives back, and the errors of its door.
 * @param guarded a right is asked for before
 * @throws Error for a handler that writes its reply itself and about which nothing is said here
 */
export const answersOf = (door: Door, route: DeclaredRoute, handler: Handler, guarded: boolean): JsonObject => ({
  ...success(route, handler),
  ...errorAnswers(door, errorStatuses(door, route, handler, guarded)),
});

function success({ type, name, method }: DeclaredRoute, { returns, status }: Handler): JsonObject {
  const written = WRITTEN[`${type.name}.${name}`] ?? WRITTEN[`${type.name}.*`];
  if (returns === 'never') return {};
  if (written) return written;
  if (returns === 'FastifyReply' || returns === 'unknown')
    throw new Error(`${type.name}.${name} writes its reply itself: say in answers.ts what it is`);
  const made = { 201: { ...away, description: 'Made; its address is in `Location`.' } };
  if (returns === 'Created') return made;
  if (returns === 'Created | undefined') return { ...made, 204: { description: 'It was there, and is moved here.' } };
  if (returns === 'void') return { [status ?? (method === 'HEAD' ? 200 : 204)]: { description: 'Done.' } };
  const answer = { [status ?? 200]: { description: 'The answer.', content: contentOf(returns) } };
  return returns.includes('undefined') ? { ...answer, 204: { description: 'There is nothing to tell.' } } : answer;
}

function contentOf(returns: string): JsonObject {
  if (returns === 'PlainText') return { 'text/plain': { schema: { type: 'string' } } };
  if (returns === 'FileReply') return { '*/*': { schema: { type: 'string' } } };
  if (returns === 'number') return json({ type: 'integer' });
  if (returns === 'boolean') return json({ type: 'boolean' });
  const element = /^readonly (\w+)\[\]$/.exec(returns)?.[1];
  if (element === undefined) return json(object);
  return json({ type: 'array', items: element === 'string' ? { type: 'string' } : object });
}

function errorStatuses(
  door: Door,
  route: DeclaredRoute,
  { body, returns, query, refuses }: Handler,
  guarded: boolean,
): number[] {
  const { method, path } = route;
  if (method === 'OPTIONS' || path.startsWith('docs/') || path.startsWith('health')) return [];
  if (path.startsWith('resources')) return [404];
  if (returns === 'never' && door === 'oidc') return [405];
  const isChange = method !== 'GET' && method !== 'HEAD';
  return [
    404,
    503,
    ...(isChange || query.size > 0 || door === 'oidc' || door === 'web' ? [400] : []),
    ...(door === 'web' ? [403] : [401]),
    ...(guarded || door === 'account' || door === 'sessions' ? [403] : []),
    ...(door === 'admin' && isChange ? [409] : []),
    ...(path.includes('authentication/') && isChange ? [412] : []),
    ...(body || (door === 'oidc' && method === 'POST') ? [413, 415] : []),
    ...(path.endsWith('-email') || path.endsWith('testSMTPConnection') ? [500] : []),
    ...(refuses ? [501] : []),
  ];
}
