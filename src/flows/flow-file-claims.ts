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

/** Names, bindings and places that only one flow can have and two claim. */
export const doubleClaims = (files: readonly NamedFlowFile[]): readonly FlowFileProblem[] => [
  ...duplicates(files, flowAliases, 'a flow of this alias'),
  ...duplicates(files, configAliases, 'a config of this alias'),
  ...duplicates(files, bindings, 'a flow for this binding'),
  ...duplicates(files, orders, 'a flow at this place'),
];

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

/** Members of a realm for which no file has a flow. */
export function missingBindings(files: readonly NamedFlowFile[]): readonly FlowFileProblem[] {
  const bound = new Set(files.map(({ file }) => file.bindsTo));
  return BINDING_FIELDS.filter((field) => !bound.has(field)).map((field) => ({
    file: '*',
    path: '$.bindsTo',
    message: `no file names a flow for ${field}`,
  }));
}
