import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuthenticatorRegistry } from '../engine/index.js';
import { AppError } from '../shared/errors.js';
import { checkFlowFiles } from './flow-file-checks.js';
import type { FlowFileProblem, NamedFlowFile } from './flow-file-claims.js';
import { parseFlowFile } from './flow-file-parser.js';
import type { FlowFile } from './flow-file.js';

/** What was read, and what does not stop the start. */
export interface LoadedFlowFiles {
  /** In the order in which a realm gets them. */
  readonly files: readonly FlowFile[];
  readonly warnings: readonly FlowFileProblem[];
}

/** The folder of flows cannot be used: every problem of every file. */
export class FlowFilesError extends AppError {
  constructor(readonly problems: readonly FlowFileProblem[]) {
    super('flow_files_invalid', `The flow files cannot be used:\n${problems.map(describeProblem).join('\n')}`);
  }
}

/** One line: file, JSON path, sentence. */
const describeProblem = ({ file, path, message }: FlowFileProblem): string => `  ${file} ${path}: ${message}`;

/**
 * Reads and checks every `*.json` of the folder: syntax, shape, meaning, and that each flow compiles. A server that starts has
 * flows that work.
 *
 * @throws FlowFilesError with all problems of all files
 */
export async function loadFlowFiles(folder: string, registry: AuthenticatorRegistry): Promise<LoadedFlowFiles> {
  const problems: FlowFileProblem[] = [];
  const parsed: NamedFlowFile[] = [];
  for (const { name, text } of await readFolder(folder)) {
    const result = parseFlowFile(text);
    if (result.kind === 'parsed') parsed.push({ name, file: result.file });
    else problems.push(...result.problems.map((problem) => ({ file: name, ...problem })));
  }
  // Whether a binding is missing can only be said once every file could be read.
  const { errors, warnings } = checkFlowFiles(parsed, registry, { complete: problems.length === 0 });
  problems.push(...errors);
  if (problems.length > 0) throw new FlowFilesError(problems);
  return { files: parsed.map(({ file }) => file).toSorted((a, b) => a.order - b.order), warnings };
}

async function readFolder(folder: string): Promise<readonly { readonly name: string; readonly text: string }[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
    return await Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FlowFilesError([{ file: folder, path: '$', message: `cannot be read: ${reason}` }]);
  }
}
