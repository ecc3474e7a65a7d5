import fc from 'fast-check';
import type { Execution, FlowDefinition } from '../../src/engine/index.js';
import { alternative, conditional, disabled, flow, required } from './flow-builder.js';

/** Random flows up to four levels deep. An execution's id is its provider's id and a number, so that ids are unique. */
export function randomFlows(steps: readonly string[], conditions: readonly string[]): fc.Arbitrary<FlowDefinition> {
  const place = fc.constantFrom(required, alternative, conditional, disabled);
  const { tree } = fc.letrec<{ tree: FlowDefinition; execution: Execution }>((tie) => ({
    execution: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 5, arbitrary: fc.tuple(place, fc.constantFrom(...steps)).map(([put, name]) => put(name)) },
      { weight: 2, arbitrary: fc.constantFrom(...conditions).map((name) => required(name)) },
      { weight: 4, arbitrary: fc.tuple(place, tie('tree')).map(([put, inner]) => put(inner)) },
    ),
    tree: fc.array(tie('execution'), { maxLength: 4 }).map((executions) => flow('level', ...executions)),
  }));
  return tree.map(numbered);
}

function numbered(definition: FlowDefinition): FlowDefinition {
  let count = 0;
  const visit = (inner: FlowDefinition): FlowDefinition => ({
    ...inner,
    alias: `level-${count++}`,
    executions: inner.executions.map((execution): Execution =>
      execution.kind === 'step'
        ? { ...execution, id: `${execution.authenticator}-${count++}` }
        : { ...execution, id: `flow-${count++}`, flow: visit(execution.flow) },
    ),
  });
  return visit(definition);
}
