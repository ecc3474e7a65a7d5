import type { FlowFile } from './flow-file.js';

/** The flows with which every realm begins, as they were read at start. */
export class FlowFiles {
  constructor(readonly files: readonly FlowFile[]) {}
}
