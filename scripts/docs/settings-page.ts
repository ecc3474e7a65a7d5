import ts from 'typescript';
import { variableName } from '../../src/config/settings.js';

/** A setting as its declaration tells it. */
interface Setting {
  readonly variable: string;
  readonly type: string;
  readonly fallback: string;
  readonly text: string;
}

const INTRODUCTION = `# Settings

<!-- Written by \`npm run docs\` from src/config. Edits here are lost. -->

Every setting is an environment variable. They are read once, at start. An empty value counts as absent. When a value cannot be used, or a
variable with the prefix \`SLUICE_\` is not a setting, the server lists every problem at once and does not start. Traces follow the variables of
OpenTelemetry (\`OTEL_*\`, [operations.md](operations.md#traces)).

| Variable | Values | Default | Meaning |
|---|---|---|---|
`;

/**
 * The page of settings, from the classes that declare them.
 * @param sources texts of the files in src/config, each with one class whose name ends with `Settings`
 * @throws Error when a setting has no doc comment
 */
export const settingsPage = (...sources: readonly string[]): string => INTRODUCTION + sources.map(rowsOf).join('');

function rowsOf(source: string): string {
  const file = ts.createSourceFile('settings.ts', source, ts.ScriptTarget.Latest, true);
  const rows = settingsClass(file)
    .members.filter(ts.isPropertyDeclaration)
    .map((member) => rowOf(settingOf(member, file)));
  return rows.join('');
}

function settingsClass(file: ts.SourceFile): ts.ClassDeclaration {
  const found = file.statements.filter(ts.isClassDeclaration).find(({ name }) => name?.text.endsWith('Settings'));
  if (!found) throw new Error('A file of settings declares no class ...Settings');
  return found;
}

function settingOf(member: ts.PropertyDeclaration, file: ts.SourceFile): Setting {
  const name = member.name.getText(file);
  const text = docComment(member);
  if (text === '') throw new Error(`The setting ${name} has no doc comment`);
  return {
    variable: variableName(name),
    type: valuesOf(member, file),
    fallback: member.initializer ? literal(member.initializer) : '',
    text,
  };
}

const docComment = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .flatMap(({ comment }) => (typeof comment === 'string' ? [comment.replaceAll(/\s+/g, ' ').trim()] : []))
    .join(' ');

/** What may be given: the members of a list, or the bare type. */
function valuesOf(member: ts.PropertyDeclaration, file: ts.SourceFile): string {
  const options = optionsOf(member, file);
  if (options.length > 0) return options.map((option) => `\`${option}\``).join(', ');
  switch (member.type?.kind) {
    case ts.SyntaxKind.NumberKeyword:
      return `whole number${boundsOf(member)}`;
    case ts.SyntaxKind.BooleanKeyword:
      return '`true`, `false`';
    default:
      return 'text';
  }
}

/** The list given to `@IsIn`, written there or in a constant of the file. */
function optionsOf(member: ts.PropertyDeclaration, file: ts.SourceFile): readonly string[] {
  const argument = decoratorArgument(member, 'IsIn');
  const list = argument && ts.isIdentifier(argument) ? constant(file, argument.text) : argument;
  return list && ts.isArrayLiteralExpression(list)
    ? list.elements.filter(ts.isStringLiteral).map(({ text }) => text)
    : [];
}

function boundsOf(member: ts.PropertyDeclaration): string {
  const [min, max] = ['Min', 'Max'].map((name) => decoratorArgument(member, name));
  if (min === undefined) return '';
  return max === undefined ? `, at least ${literal(min)}` : `, ${literal(min)} to ${literal(max)}`;
}

function decoratorArgument(member: ts.PropertyDeclaration, name: string): ts.Expression | undefined {
  const calls = (ts.getDecorators(member) ?? []).map(({ expression }) => expression).filter(ts.isCallExpression);
  return calls.find(({ expression }) => ts.isIdentifier(expression) && expression.text === name)?.arguments[0];
}

function constant(file: ts.SourceFile, name: string): ts.Expression | undefined {
  const declarations = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  const value = declarations.find((declaration) => declaration.name.getText(file) === name)?.initializer;
  return value && ts.isAsExpression(value) ? value.expression : value;
}

/** A default or bound as an operator writes it: no quotes, no digit separators. */
const literal = (expression: ts.Expression): string =>
  ts.isStringLiteral(expression) ? expression.text : expression.getText().replaceAll('_', '');

const rowOf = ({ variable, type, fallback, text }: Setting): string =>
  `| \`${variable}\` | ${cell(type)} | ${fallback === '' ? '' : `\`${fallback}\``} | ${cell(text)} |\n`;

const cell = (text: string): string => text.replaceAll('|', '\\|');
