import { memo, type ReactNode } from 'react';
import { useText } from '../messages/use-text.js';
import type { FlowGraph } from './flow-graph.js';
import type { LitWay } from './lit-way.js';

interface FlowOutlineProps {
  readonly graph: FlowGraph;
  readonly way: LitWay | undefined;
}

/** The diagram in words: every step, in which sub-flow it is, and where it leads. */
export const FlowOutline = memo(function FlowOutline({ graph, way }: FlowOutlineProps): ReactNode {
  const t = useText();
  const nameOf = (id: string): string => {
    const node = graph.nodes.find((one) => one.id === id);
    return node && node.name !== '' ? node.name : t(`node.${node?.kind ?? 'failed'}`);
  };
  const groupOf = (id: string | undefined): string => graph.groups.find((group) => group.id === id)?.name ?? '';
  const isEnd = (kind: string): boolean => kind === 'passed' || kind === 'failed';
  return (
    <ol>
      {graph.nodes
        .filter(({ kind }) => !isEnd(kind))
        .map(({ id, group }) => (
          <li key={id}>
            <strong>{nameOf(id)}</strong>
            {group !== undefined && ` (${t('inSubflow', { name: groupOf(group) })})`}
            {way?.executions.includes(id) === true && ` [${t('onTheWay')}]`}
            {': '}
            {graph.edges
              .filter(({ from }) => from === id)
              .map(({ on, to }) => t('leads', { on: t(`edge.${on}`), to: nameOf(to) }))
              .join('; ')}
          </li>
        ))}
    </ol>
  );
});
