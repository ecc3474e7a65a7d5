import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { jsonOf, type JsonInput } from '../http/json-body.js';
import { JsonText } from '../http/parsers.js';
import { pageOf, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import type { MemberSchema } from '../representations/member-schemas.js';
import { readBody, type BodyClass } from '../representations/read-body.js';
import { InvalidInputError } from '../shared/errors.js';
import type { AdminCaller } from './admin-caller.js';
import { admittedTo } from './admin.guard.js';

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** `@InRealm() realm: Realm`: the realm of the address. */
export const InRealm = createParamDecorator((_data: unknown, context: ExecutionContext): Realm => {
  const { realm } = admittedTo(requestOf(context));
  if (!realm) throw new Error('This route has no realm');
  return realm;
});

/** `@CalledBy() caller: AdminCaller`. */
export const CalledBy = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AdminCaller => admittedTo(requestOf(context)).caller,
);

/** `@PageOf(100) page: Page`: `first` and `max` of the query; the argument is the default of `max`, absent = no bound. */
export const PageOf = createParamDecorator((max: number | undefined, context: ExecutionContext): Page =>
  pageOf(requestOf(context).query, max),
);

/**
 * `@JsonBody(ClientBody) body: ClientBody`: the body, checked against its representation.
 * @throws InvalidInputError `malformed_json`, `body_missing`, `unparsable_json`, `unknown_member`, `wrong_type`, `number_beyond`,
 *   `invalid_member`
 */
export const JsonBody = createParamDecorator((type: BodyClass<object>, context: ExecutionContext): object => {
  const { value, text } = jsonOf(requestOf(context));
  return readBody(type, value, text);
});

/** `@JsonList(RoleBody) bodies: RoleBody[]`: a body that is a list. Throws as `JsonBody`. */
export const JsonList = createParamDecorator(
  (type: BodyClass<object>, context: ExecutionContext): readonly object[] => {
    return listOf(type, jsonOf(requestOf(context)));
  },
);

/** As `JsonBody`, but a request without a body, or with `null`, gives undefined. */
export const OptionalJsonBody = createParamDecorator(
  (type: BodyClass<object>, context: ExecutionContext): object | undefined => {
    const request = requestOf(context);
    if (isWithoutBody(request)) return undefined;
    const { value, text } = jsonOf(request);
    return readBody(type, value, text);
  },
);

/** As `JsonList`, but a request without a body, or with `null`, gives undefined. */
export const OptionalJsonList = createParamDecorator(
  (type: BodyClass<object>, context: ExecutionContext): readonly object[] | undefined => {
    const request = requestOf(context);
    return isWithoutBody(request) ? undefined : listOf(type, jsonOf(request));
  },
);

function isWithoutBody({ body }: FastifyRequest): boolean {
  return body === undefined || body === null || (body instanceof JsonText && ['', 'null'].includes(body.text.trim()));
}

function listOf(type: BodyClass<object>, { value, text }: JsonInput): readonly object[] {
  if (!Array.isArray(value))
    throw new InvalidInputError('unparsable_json', 'Cannot parse the JSON', { detail: 'a list is needed' });
  return value.map((item: unknown, at) => readBody(type, item, text, [at]));
}

/**
 * `@JsonRaw(RealmBody) body: JsonInput`: the body as it came, for use cases that read it themselves. The argument only says in the
 * document of the API what they read it as.
 */
export const JsonRaw: (takes: BodyClass<object> | MemberSchema) => ParameterDecorator = createParamDecorator(
  (_takes: BodyClass<object> | MemberSchema, context: ExecutionContext): JsonInput => jsonOf(requestOf(context)),
);
