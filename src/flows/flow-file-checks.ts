import { checkFlow, compileFlow } from '../engine/index.js';
import type { AuthenticatorRegistry, FlowDefinition, FlowProblem } from '../engine/index.js';
import { rowsOfFile } from './built-in-flows.js';
import { definitionOf } from './flow-catalog.js';
import { FlowFileSubflow } from './flow-file.js';
import type { FlowFile, FlowFileExecution } from './flow-file.js';
import { BINDING_FIELDS } from './flow-uses.js';

/** Something wrong (or worth a word) in the folder of flows. */
export interface FlowFileProblem {
  /** Name of the file in the folder. */
  readonly file: string;
  /** JSON path within the file. */
  readonly path: string;
  readonly message: string;
}

/** A flow file with the name it was read under. */
export interface NamedFlowFile {
  readonly name: string;
  readonly file: FlowFile;
}

/** What the checks found, apart by whether it stops the start. */
export interface FlowFileFindings {
  readonly errors: readonly FlowFileProblem[];
  readonly warnings: readonly FlowFileProblem[];
}

/**
 * Everything wrong with flow files of good shape, each by itself and all together.
 *
 * @param options `complete`: these are all the files there are, so that a binding without one is an error
 */
export function checkFlowFiles(
  files: readonly NamedFlowFile[],
  registry: AuthenticatorRegistry,
  options: { readonly complete: boolean },
): FlowFileFindings {
  const found = files.flatMap(({ name, file }) =>
    checkFile(file, registry).map(({ severity, path, message }) => ({
      severity,
      problem: { file: name, path, message },
    })),
  );
  const bySeverity = (wanted: FlowProblem['severity']): readonly FlowFileProblem[] =>
    found.filter(({ severity }) => severity === wanted).map(({ problem }) => problem);
  return {
    errors: [
      ...bySeverity('error'),
      ...duplicates(files, flowAliases, 'a flow of this alias'),
      ...duplicates(files, configAliases, 'a config of this alias'),
      ...duplicates(files, bindings, 'a flow for this binding'),
      ...duplicates(files, orders, 'a flow at this place'),
      ...(options.complete ? missingBindings(files) : []),
    ],
    warnings: bySeverity('warning'),
  };
}

/** Checks the flow as an ordinary realm gets it, and, where parts are left out there, as `master` does. */
function checkFile(file: FlowFile, registry: AuthenticatorRegistry): readonly FlowProblem[] {
  const found = checkVariant(file, registry, false);
  if (found.some(({ severity }) => severity === 'error')) return found;
  // Paths of the variant would miss the parts that are left out; its warnings are among those of the whole.
  const inMaster = checkVariant(file, registry, true)
    .filter(({ severity }) => severity === 'error')
    .map((problem) => ({ ...problem, path: '$', message: `${problem.message} (in the realm master)` }));
  return [...found, ...inMaster];
}

function checkVariant(file: FlowFile, registry: AuthenticatorRegistry, master: boolean): readonly FlowProblem[] {
  let count = 0;
  const rows = rowsOfFile(file, { realmId: 'realm', master, position: 0 }, () => `id-${(count += 1)}`);
  const definition = rows.flows[0] && definitionOf(rows, rows.flows[0].id);
  if (definition === undefined) return [];
  const found = checkFlow(definition, registry).map((problem) => ({ ...problem, path: pathInFile(problem.path) }));
  const failed = found.some(({ severity }) => severity === 'error');
  return failed ? found : [...found, ...compileProblems(definition, registry)];
}

function compileProblems(definition: FlowDefinition, registry: AuthenticatorRegistry): readonly FlowProblem[] {
  try {
    compileFlow(definition, registry);
    return [];
  } catch (error) {
    const message = `does not compile: ${error instanceof Error ? error.message : String(error)}`;
    return [{ path: '$', code: 'not_compiled', message, severity: 'error' }];
  }
}

/** A definition nests the executions of a sub-flow in its flow and calls config values `values`; a file does not. */
const pathInFile = (path: string): string =>
  path.replaceAll('.flow.executions', '.executions').replaceAll('.config.values', '.config.config');

type Claims = (file: FlowFile) => readonly { readonly path: string; readonly value: string | number }[];

const bindings: Claims = ({ bindsTo }) => (bindsTo === undefined ? [] : [{ path: '$.bindsTo', value: bindsTo }]);
const orders: Claims = ({ order }) => [{ path: '$.order', value: order }];
const flowAliases: Claims = (file) => [
  { path: '$.alias', value: file.alias },
  ...placesOf(file.executions, '$').flatMap(({ execution, path }) =>
    execution instanceof FlowFileSubflow ? [{ path: `${path}.flow.alias`, value: execution.flow.alias }] : [],
  ),
];
const configAliases: Claims = (file) =>
  placesOf(file.executions, '$').flatMap(({ execution, path }) =>
    execution instanceof FlowFileSubflow || execution.config === undefined
      ? []
      : [{ path: `${path}.config.alias`, value: execution.config.alias }],
  );

/** Every execution of a file with its path. */
function placesOf(
  executions: readonly FlowFileExecution[],
  parent: string,
): readonly { readonly execution: FlowFileExecution; readonly path: string }[] {
  return executions.flatMap((execution, index) => {
    const path = `${parent}.executions[${index}]`;
    const below = execution instanceof FlowFileSubflow ? placesOf(execution.executions, path) : [];
    return [{ execution, path }, ...below];
  });
}

/** Values claimed twice, in one file or in two: reported where they come the second time. */
function duplicates(files: readonly NamedFlowFile[], claimsOf: Claims, what: string): readonly FlowFileProblem[] {
  const first = new Map<string | number, string>();
  return files.flatMap(({ name, file }) =>
    claimsOf(file).flatMap(({ path, value }) => {
      const holder = first.get(value);
      if (holder === undefined) first.set(value, name);
      return holder === undefined ? [] : [{ file: name, path, message: `${holder} already has ${what}: ${value}` }];
    }),
  );
}

function missingBindings(files: readonly NamedFlowFile[]): readonly FlowFileProblem[] {
  const bound = new Set(files.map(({ file }) => file.bindsTo));
  return BINDING_FIELDS.filter((field) => !bound.has(field)).map((field) => ({
    file: '*',
    path: '$.bindsTo',
    message: `no file names a flow for ${field}`,
  }));
}
