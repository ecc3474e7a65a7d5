import type { Command } from 'commander';
import { addFlowExport } from './flow-export.command.js';
import { addFlowImport } from './flow-import.command.js';
import { addFlowUnbind } from './flow-unbind.command.js';
import { addFlowVerify } from './flow-verify.command.js';

export function addFlow(program: Command): void {
  const flow = program.command('flow').description('Single flows, and flows as files');
  for (const add of [addFlowVerify, addFlowExport, addFlowImport, addFlowUnbind]) add(flow);
}
