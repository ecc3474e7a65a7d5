import type { Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import ts from 'typescript';
import { ADMIN_RIGHTS, type AdminRight } from '../../../src/admin/admin-rights.js';
import { ConsentBody } from '../../../src/account/consent-body.js';
import { ProfileBody } from '../../../src/account/profile-body.js';
import type { DeclaredRoute } from '../../../src/http/declared-routes.js';
import type { MemberSchema } from '../../../src/representations/member-schemas.js';
import type { BodyClass } from '../../../src/representations/read-body.js';
import { queryReads, type ParameterKind } from './query-reads.js';
import { decoratorsOf, docOf, type FoundFunction, type Sources } from './sources.js';

/** What a handler takes as its body. */
export type TakenBody =
  | { readonly kind: 'one' | 'list'; readonly type: BodyClass<object>; readonly optional?: boolean }
  | { readonly kind: 'schema'; readonly schema: MemberSchema }
  | { readonly kind: 'text' };

/** What its source and its metadata tell of a handler. */
export interface Handler {
  readonly doc: string;
  readonly query: ReadonlyMap<string, ParameterKind>;
  readonly body?: TakenBody;
  /** Roles of the client `account` any of which it asks for. */
  readonly roles: readonly string[];
  /** The right it asks for itself, where no guard does. */
  readonly right?: AdminRight;
  /** What it is for is not part of this server. */
  readonly refuses: boolean;
  /** As written, without `Promise<>`. */
  readonly returns: string;
  /** The status it declares for an answer without an error. */
  readonly status?: number;
}

/** Bodies that handlers read themselves, because they ask for a role first. */
const READ_INSIDE: Readonly<Record<string, BodyClass<object>>> = { ConsentBody, ProfileBody };

/** @throws Error for a handler whose source cannot be found, or that reads a body nobody knows */
export function describeHandler({ type, handler, name }: DeclaredRoute, sources: Sources): Handler {
  const found = sources.method(type.name, name);
  const status = Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined;
  const calls = callsIn(found, sources);
  const body = declaredBody(type, name, found.node) ?? bodyReadInside(calls);
  const right = calls.flatMap(({ arguments: args }) => literals(args)).find(isRight);
  return {
    doc: docOf(found.node),
    query: queryReads(found, sources),
    roles: rolesOf(calls),
    refuses: calls.some((call) => calleeOf(call) === 'notSupported'),
    returns: (found.node.type?.getText() ?? 'void').replace(/^Promise<(.*)>$/s, '$1'),
    ...(right && { right }),
    ...(body && { body }),
    ...(status !== undefined && { status }),
  };
}

function declaredBody(type: Type, name: string, node: ts.MethodDeclaration): TakenBody | undefined {
  const data = argumentsOf(type, name);
  for (const [at, parameter] of node.parameters.entries()) {
    const given = data.get(at);
    const body = given as BodyClass<object>;
    switch (decoratorsOf(parameter)[0]?.name) {
      case 'JsonBody':
        return { kind: 'one', type: body };
      case 'JsonList':
        return { kind: 'list', type: body };
      case 'OptionalJsonList':
        return { kind: 'list', type: body, optional: true };
      case 'JsonRaw':
        if (given === undefined) throw new Error(`${type.name}.${name} does not say what its body is: @JsonRaw(...)`);
        return typeof given === 'function'
          ? { kind: 'one', type: body }
          : { kind: 'schema', schema: given as MemberSchema };
      case 'Body':
        return { kind: 'text' };
      default:
    }
  }
  return undefined;
}

/** What parameter decorators were given, by the place of the parameter. */
function argumentsOf(type: Type, name: string): ReadonlyMap<number, unknown> {
  const given = (Reflect.getMetadata(ROUTE_ARGS_METADATA, type, name) ?? {}) as Record<
    string,
    { readonly index: number; readonly data?: unknown }
  >;
  return new Map(Object.values(given).map(({ index, data }) => [index, data]));
}

/** `readBody(ProfileBody, ...)`, or any JSON where only `jsonOf` is called. */
function bodyReadInside(calls: readonly ts.CallExpression[]): TakenBody | undefined {
  const [first] = calls.find((call) => calleeOf(call) === 'readBody')?.arguments ?? [];
  if (!first) return calls.some((call) => calleeOf(call) === 'jsonOf') ? { kind: 'schema', schema: {} } : undefined;
  const type = READ_INSIDE[first.getText()];
  if (!type) throw new Error(`The document of the API does not know the body ${first.getText()}`);
  return { kind: 'one', type };
}

/** `caller.require('view-profile', ...)`. */
const rolesOf = (calls: readonly ts.CallExpression[]): readonly string[] =>
  calls.filter((call) => calleeOf(call) === 'caller.require').flatMap(({ arguments: args }) => literals(args));

const calleeOf = ({ expression }: ts.CallExpression): string => expression.getText();

const literals = (args: readonly ts.Expression[]): readonly string[] =>
  args.filter(ts.isStringLiteral).map(({ text }) => text);

const isRight = (text: string): text is AdminRight => Object.hasOwn(ADMIN_RIGHTS, text);

/** Every call in a handler, and in the methods and functions of its file that it calls. */
function callsIn(handler: FoundFunction, sources: Sources): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const seen = new Set<ts.Node>([handler.node]);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      found.push(node);
      const called = sources.called(node, handler);
      if (called?.node.body && called.file === handler.file && !seen.has(called.node)) {
        seen.add(called.node);
        visit(called.node.body);
      }
    }
    ts.forEachChild(node, visit);
  };
  if (handler.node.body) visit(handler.node.body);
  return found;
}
