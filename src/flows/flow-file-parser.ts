import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { FlowFile, FlowFileSubflow } from './flow-file.js';
import type { FlowFileExecution } from './flow-file.js';

/** Something wrong in one file, at a JSON path (or, where it is not JSON, at the top). */
export interface FilePathProblem {
  readonly path: string;
  readonly message: string;
}

export type ParsedFlowFile =
  | { readonly kind: 'parsed'; readonly file: FlowFile }
  | { readonly kind: 'refused'; readonly problems: readonly FilePathProblem[] };

/** Reads the text of a flow file: JSON, then its shape. All problems of the shape are found at once. Never throws. */
export function parseFlowFile(text: string): ParsedFlowFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refused([{ path: '$', message: `is not JSON: ${syntaxMessage(error, text)}` }]);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return refused([{ path: '$', message: 'must be an object' }]);
  }
  const file = plainToInstance(FlowFile, json);
  const errors = validateSync(file, {
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
  });
  if (errors.length > 0) return refused(errors.flatMap((error) => problemsOf(error, '$')));
  const unordered = orderProblems(file.executions, '$');
  return unordered.length > 0 ? refused(unordered) : { kind: 'parsed', file };
}

const refused = (problems: readonly FilePathProblem[]): ParsedFlowFile => ({ kind: 'refused', problems });

/** The parser's sentence with line and column, which differ or are missing between versions of Node. */
function syntaxMessage(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, position).split('\n');
  const [sentence = message] = message.split(/ (?:in JSON )?at position/);
  return `${sentence} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

function problemsOf(error: ValidationError, parent: string): readonly FilePathProblem[] {
  const path = pathOf(parent, error.property);
  const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, path))];
}

/** class-validator names no property where it wanted a list and got something else: the list itself is meant. */
function pathOf(parent: string, property: string | undefined): string {
  if (property === undefined) return parent;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
}

/** A file lists its executions in the order in which they run, so that a reader need not sort. */
function orderProblems(executions: readonly FlowFileExecution[], path: string): readonly FilePathProblem[] {
  return executions.flatMap((execution, index) => {
    const here = `${path}.executions[${index}]`;
    const previous = executions[index - 1];
    const below = execution instanceof FlowFileSubflow ? orderProblems(execution.executions, here) : [];
    if (previous === undefined || previous.priority < execution.priority) return below;
    return [{ path: `${here}.priority`, message: `must be above ${previous.priority}, which comes first` }, ...below];
  });
}
