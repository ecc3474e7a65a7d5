import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SPECS = join(import.meta.dirname, '..');

/**
 * Which methods of the admin client the specs of this folder drive, as `resource.method`. A method counts when a test calls it as
 * `<client>.<resource>.<method>(...)` and expects something; a call in a hook, or in a helper outside of a test, does not count.
 */
export function drivenMethods(): ReadonlySet<string> {
  const files = readdirSync(SPECS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.spec.ts'));
  return new Set(files.flatMap((file) => drivenIn(file, readFileSync(join(SPECS, file), 'utf8'))));
}

/**
 * The methods that the tests in a text drive.
 * @param text source of a spec
 */
export function drivenIn(name: string, text: string): readonly string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  return descendants(file)
    .filter(isTest)
    .filter((test) => descendants(test).some(isExpectation))
    .flatMap((test) => descendants(test).flatMap((node) => calledMethod(node) ?? []));
}

function descendants(node: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (child: ts.Node): void => {
    found.push(child);
    child.forEachChild(visit);
  };
  node.forEachChild(visit);
  return found;
}

/** `it(...)`, and `it.each(...)(...)`. */
const isTest = (node: ts.Node): boolean =>
  ts.isCallExpression(node) && /^it(\.each\b|$)/.test(node.expression.getText()) && node.arguments.length > 1;

/** `refused(...)` expects what `expect(...)` does, see `expectations.ts`. */
const isExpectation = (node: ts.Node): boolean =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && ['expect', 'refused'].includes(node.expression.text);

/** `realms.create` of `admin.realms.create({ ... })`. */
function calledMethod(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression: owner, name: method } = node.expression;
  return ts.isPropertyAccessExpression(owner) ? `${owner.name.text}.${method.text}` : undefined;
}
