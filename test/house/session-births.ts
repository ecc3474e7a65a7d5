import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';

/** A place in `src/` at which a request comes in and a session may be born, and the file through which that happens. */
export interface Birth {
  /** `<file below src> <function>` */
  readonly door: string;
  /** File below src/ that asks for the session. */
  readonly through: string;
}

/** Folders of doors, and files that put the server together: whoever calls from there comes from outside. */
const OUTSIDE = /^(oidc|admin|account|web|cli|http|wiring)\/|^[^/]+$/;
/** The one function that opens sessions of logins; who calls it is looked at in its place. */
const ADMISSION = 'sessions/admit-session.ts';

type Unit = ts.FunctionDeclaration | ts.MethodDeclaration | ts.VariableDeclaration | ts.ClassElement;

/**
 * Every door behind which something writes a session or the part of a client. Found by who names whom, from the store's two inserts
 * upwards, so a door cannot be forgotten; names are resolved by the compiler.
 */
export function sessionBirths(): readonly Birth[] {
  const names = new Names();
  const store = ['insert', 'insertClientSession'].map((name) =>
    names.member('sessions/user-session.ts', 'SessionStore', name),
  );
  const waist = names.member('login/complete-login.ts', 'CompleteLogin', 'complete');
  const askers = [...store, waist]
    .flatMap((unit) => names.whoNames(unit))
    .filter((unit) => names.fileOf(unit) !== ADMISSION && !names.fileOf(unit).startsWith('persistence/'));
  const births = askers.flatMap((asker) =>
    names.doorsOf(asker).map((door): Birth => ({ door, through: names.fileOf(asker) })),
  );
  return [...new Map(births.map((birth) => [`${birth.door} ${birth.through}`, birth])).values()];
}

/** Files of `src/` in which a pattern stands. */
export const filesWith = (pattern: RegExp): readonly string[] =>
  sourceFiles()
    .filter((file) => pattern.test(readFileSync(file, 'utf8')))
    .map(belowSource);

const belowSource = (file: string): string => relative('src', file);

function configuration(): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, '.');
}

const sourceFiles = (): readonly string[] =>
  configuration().fileNames.filter((file) => /^src\/.*(?<!\.spec)\.ts$/.test(relative('.', file)));

/** Who names which function of `src/`. */
class Names {
  private readonly checker: ts.TypeChecker;
  private readonly files: readonly ts.SourceFile[];

  constructor() {
    const program = ts.createProgram([...sourceFiles()], { ...configuration().options, noEmit: true });
    this.checker = program.getTypeChecker();
    this.files = program.getSourceFiles().filter(({ fileName }) => relative('.', fileName).startsWith('src/'));
  }

  fileOf(unit: Unit): string {
    return belowSource(unit.getSourceFile().fileName);
  }

  /** @throws Error when there is no such member: the search would find nothing then, and be content */
  member(file: string, className: string, name: string): Unit {
    const found = this.files
      .find(({ fileName }) => belowSource(fileName) === file)
      ?.statements.filter(ts.isClassDeclaration)
      .find((each) => each.name?.text === className)
      ?.members.find((each) => each.name !== undefined && nameOf(each) === name);
    if (!found) throw new Error(`${file} has no ${className}.${name}`);
    return found;
  }

  /** Functions in which the unit is named. */
  whoNames(unit: Unit): readonly Unit[] {
    const name = nameOf(unit);
    const declarations = this.declarationsOf(unit);
    const found = new Set<Unit>();
    for (const file of this.files) {
      if (!file.text.includes(name)) continue;
      const visit = (node: ts.Node): void => {
        if (ts.isImportDeclaration(node)) return;
        if (ts.isIdentifier(node) && node.text === name && this.means(node, declarations)) {
          const around = unitAround(node);
          if (around && around !== unit) found.add(around);
        }
        ts.forEachChild(node, visit);
      };
      visit(file);
    }
    return [...found];
  }

  /** Functions outside of the middle from which there is a way to the unit. */
  doorsOf(unit: Unit): readonly string[] {
    const doors = new Set<string>();
    const seen = new Set<Unit>([unit]);
    for (const next of seen) {
      if (OUTSIDE.test(this.fileOf(next))) doors.add(`${this.fileOf(next)} ${qualifiedName(next)}`);
      else for (const caller of this.whoNames(next)) seen.add(caller);
    }
    return [...doors];
  }

  private means(name: ts.Identifier, declarations: ReadonlySet<ts.Node>): boolean {
    const symbol = this.checker.getSymbolAtLocation(name);
    if (!symbol) return false;
    const real = symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
    return (real.declarations ?? []).some((declaration) => declarations.has(declaration));
  }

  /** The unit and what it stands in for: a method of a class is called by the name of its port or interface. */
  private declarationsOf(unit: Unit): ReadonlySet<ts.Node> {
    const all = new Set<ts.Node>([unit]);
    if (!ts.isClassDeclaration(unit.parent)) return all;
    for (const clause of unit.parent.heritageClauses ?? []) {
      for (const type of clause.types) {
        const port = this.checker.getTypeAtLocation(type).getProperty(nameOf(unit));
        for (const declaration of port?.declarations ?? []) all.add(declaration);
      }
    }
    return all;
  }
}

const nameOf = ({ name }: Unit): string => (name && ts.isIdentifier(name) ? name.text : '(constructor)');

/** The method, or the function or constant of a module, in which something stands. */
function unitAround(node: ts.Node): Unit | undefined {
  let around: Unit | undefined;
  for (let up: ts.Node = node; !ts.isSourceFile(up); up = up.parent) {
    if (ts.isClassElement(up) || ts.isFunctionDeclaration(up) || ts.isVariableDeclaration(up)) around = up;
  }
  return around;
}

function qualifiedName(unit: Unit): string {
  const { parent } = unit;
  return ts.isClassDeclaration(parent) ? `${parent.name?.text ?? ''}.${nameOf(unit)}` : nameOf(unit);
}
