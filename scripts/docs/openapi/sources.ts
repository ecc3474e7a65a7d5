import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const SRC = join(import.meta.dirname, '..', '..', '..', 'src');
/** Where controllers and bodies are declared. */
const PLACES = ['account', 'admin', 'oidc', 'representations', 'web'];
const DECLARING = /(\.controller|-body|-bodies)\.ts$/;

/** A function, and the file and class it is written in. */
export interface FoundFunction {
  readonly node: ts.SignatureDeclaration & { readonly body?: ts.Node | undefined };
  readonly file: ts.SourceFile;
  readonly type?: ts.ClassDeclaration;
}

/** Syntax of the files under src, each read once. */
export class Sources {
  private readonly files = new Map<string, ts.SourceFile>();
  private readonly classes = new Map<string, ts.ClassDeclaration>();

  constructor() {
    for (const path of PLACES.flatMap((place) => filesBelow(join(SRC, place)))) {
      for (const node of this.file(path).statements.filter(ts.isClassDeclaration))
        if (node.name) this.classes.set(node.name.text, node);
    }
  }

  /** @throws Error when no file that may declare it does */
  classNamed(name: string): ts.ClassDeclaration {
    const found = this.classes.get(name);
    if (!found) throw new Error(`No source declares the class ${name}`);
    return found;
  }

  /** @throws Error when the class has no such method */
  method(className: string, name: string): FoundFunction & { readonly node: ts.MethodDeclaration } {
    const type = this.classNamed(className);
    const node = methodOf(type, name);
    if (!node) throw new Error(`${className} has no method ${name}`);
    return { node, file: type.getSourceFile(), type };
  }

  /** What a call calls, if it is a function of the same file, of an imported one, or a method of the same class. */
  called(call: ts.CallExpression, { file, type }: FoundFunction): FoundFunction | undefined {
    const { expression } = call;
    if (ts.isIdentifier(expression)) return this.functionNamed(expression.text, file);
    const isOwn = ts.isPropertyAccessExpression(expression) && expression.expression.kind === ts.SyntaxKind.ThisKeyword;
    const node = isOwn && type ? methodOf(type, expression.name.text) : undefined;
    return node && { node, file, ...(type && { type }) };
  }

  private functionNamed(name: string, file: ts.SourceFile): FoundFunction | undefined {
    for (const statement of file.statements) {
      if (ts.isFunctionDeclaration(statement) && statement.name?.text === name) return { node: statement, file };
      if (ts.isVariableStatement(statement)) {
        const found = statement.declarationList.declarations.find((each) => each.name.getText(file) === name);
        if (found?.initializer && ts.isArrowFunction(found.initializer)) return { node: found.initializer, file };
      }
      const from = ts.isImportDeclaration(statement) && imports(statement, name) ? modulePath(statement, file) : '';
      if (from !== '' && existsSync(from)) return this.functionNamed(name, this.file(from));
    }
    return undefined;
  }

  private file(path: string): ts.SourceFile {
    const known = this.files.get(path);
    if (known) return known;
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    this.files.set(path, file);
    return file;
  }
}

/** The first doc comment of a declaration as one line, without its tags; empty where there is none. */
export const docOf = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map(({ comment }) => (ts.getTextOfJSDocComment(comment) ?? '').replaceAll(/\s+/g, ' ').trim())
    .join(' ');

/** The decorators of a declaration: name and arguments. */
export const decoratorsOf = (node: ts.HasDecorators): readonly { name: string; args: readonly ts.Expression[] }[] =>
  (ts.getDecorators(node) ?? []).flatMap(({ expression }) =>
    ts.isCallExpression(expression) ? [{ name: expression.expression.getText(), args: expression.arguments }] : [],
  );

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => DECLARING.test(file))
    .map((file) => join(folder, file));

const methodOf = (type: ts.ClassDeclaration, name: string): ts.MethodDeclaration | undefined =>
  type.members.filter(ts.isMethodDeclaration).find((member) => member.name.getText() === name);

const imports = ({ importClause }: ts.ImportDeclaration, name: string): boolean => {
  const named = importClause?.namedBindings;
  return named !== undefined && ts.isNamedImports(named) && named.elements.some((each) => each.name.text === name);
};

function modulePath({ moduleSpecifier }: ts.ImportDeclaration, file: ts.SourceFile): string {
  const text = (moduleSpecifier as ts.StringLiteral).text;
  return text.startsWith('.') ? join(dirname(file.fileName), text.replace(/\.js$/, '.ts')) : '';
}
