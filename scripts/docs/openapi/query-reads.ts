import ts from 'typescript';
import { decoratorsOf, type FoundFunction, type Sources } from './sources.js';

/** How a parameter of the query is read. */
export type ParameterKind = 'text' | 'texts' | 'flag' | 'whole';

/** The readers of src/http/query-parameters.ts. */
const READERS: Readonly<Record<string, ParameterKind>> = {
  textOf: 'text',
  textsOf: 'texts',
  flagOf: 'flag',
  wholeOf: 'whole',
};

/** What a function knows of its arguments. */
interface Known {
  readonly queries: ReadonlySet<string>;
  readonly requests: ReadonlySet<string>;
  /** Names that stand for a text written by the caller. */
  readonly literals: ReadonlyMap<string, string>;
}

/** The parameters of the query that a handler reads, itself or in what it hands the query or the request to. */
export function queryReads(handler: FoundFunction, sources: Sources): ReadonlyMap<string, ParameterKind> {
  const found = new Map<string, ParameterKind>();
  const queries = new Set<string>();
  const requests = new Set<string>();
  for (const parameter of handler.node.parameters) {
    for (const { name, args } of decoratorsOf(parameter)) {
      const [first] = args;
      if (name === 'PageOf') found.set('first', 'whole').set('max', 'whole');
      if (name === 'Query' && first && ts.isStringLiteral(first)) found.set(first.text, 'text');
      else if (name === 'Query') queries.add(parameter.name.getText());
      else if (name === 'Req') requests.add(parameter.name.getText());
    }
  }
  follow(handler, { queries, requests, literals: new Map() }, { sources, found, depth: 0 });
  return found;
}

interface Walk {
  readonly sources: Sources;
  readonly found: Map<string, ParameterKind>;
  readonly depth: number;
}

const DEEPEST = 6;

function follow(where: FoundFunction, known: Known, walk: Walk): void {
  if (walk.depth > DEEPEST || !where.node.body) return;
  const queries = new Set(known.queries);
  const here: Known = { ...known, queries };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer && isQuery(node.initializer, here))
      queries.add(node.name.getText());
    if (ts.isElementAccessExpression(node) && isQuery(node.expression, here)) readMember(node, here, walk);
    if (ts.isCallExpression(node)) readCall(node, where, here, walk);
    ts.forEachChild(node, visit);
  };
  visit(where.node.body);
}

function isQuery(node: ts.Expression, known: Known): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return isQuery(node.expression, known);
  if (ts.isIdentifier(node)) return known.queries.has(node.text);
  return ts.isPropertyAccessExpression(node) && node.name.text === 'query' && isRequest(node.expression, known);
}

const isRequest = (node: ts.Expression, known: Known): boolean =>
  ts.isIdentifier(node) && known.requests.has(node.text);

/** `query['tab_id']`, or `['a', 'b'].map((name) => query[name])`. */
function readMember({ argumentExpression: key }: ts.ElementAccessExpression, known: Known, { found }: Walk): void {
  const text = literal(key, known);
  for (const name of text === undefined ? namesMapped(key) : [text]) found.set(name, 'text');
}

function namesMapped(key: ts.Expression): readonly string[] {
  if (!ts.isIdentifier(key)) return [];
  const mapping = ts.findAncestor(
    key,
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ts.isArrayLiteralExpression(node.expression.expression),
  );
  const list = mapping && ts.isPropertyAccessExpression(mapping.expression) ? mapping.expression.expression : undefined;
  return list && ts.isArrayLiteralExpression(list)
    ? list.elements.filter(ts.isStringLiteral).map(({ text }) => text)
    : [];
}

function readCall(call: ts.CallExpression, where: FoundFunction, known: Known, walk: Walk): void {
  const [first, second] = call.arguments;
  const callee = call.expression.getText();
  if (first && isQuery(first, known)) {
    const kind = READERS[callee];
    if (kind && second) {
      const name = literal(second, known);
      for (const each of name === undefined ? namesMapped(second) : [name]) walk.found.set(each, kind);
      return;
    }
    if (callee === 'pageOf') return void walk.found.set('first', 'whole').set('max', 'whole');
  }
  if (!call.arguments.some((argument) => isQuery(argument, known) || isRequest(argument, known))) return;
  const target = walk.sources.called(call, where);
  if (target) follow(target, handedOver(call, target, known), { ...walk, depth: walk.depth + 1 });
}

/** What the called function knows, under its own names. */
function handedOver(call: ts.CallExpression, { node }: FoundFunction, known: Known): Known {
  const pairs = call.arguments.flatMap((argument, at) => {
    const name = node.parameters[at]?.name;
    return name && ts.isIdentifier(name) ? [[name.text, argument] as const] : [];
  });
  return {
    queries: new Set(pairs.filter(([, argument]) => isQuery(argument, known)).map(([name]) => name)),
    requests: new Set(pairs.filter(([, argument]) => isRequest(argument, known)).map(([name]) => name)),
    literals: new Map(
      pairs.flatMap(([name, argument]) => {
        const text = literal(argument, known);
        return text === undefined ? [] : [[name, text] as const];
      }),
    ),
  };
}

function literal(node: ts.Expression, { literals }: Known): string | undefined {
  if (ts.isStringLiteral(node)) return node.text;
  return ts.isIdentifier(node) ? literals.get(node.text) : undefined;
}
