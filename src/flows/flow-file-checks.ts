import { checkFlow, compileFlow } from '../engine/index.js';
import type { AuthenticatorRegistry, FlowDefinition, FlowProblem } from '../engine/index.js';
import { rowsOfFile } from './built-in-flows.js';
import { definitionOf } from './flow-catalog.js';
import type { FlowFile } from './flow-file.js';
import { doubleClaims, missingBindings } from './flow-file-claims.js';
import type { FlowFileProblem, NamedFlowFile } from './flow-file-claims.js';

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
    errors: [...bySeverity('error'), ...doubleClaims(files), ...(options.complete ? missingBindings(files) : [])],
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
