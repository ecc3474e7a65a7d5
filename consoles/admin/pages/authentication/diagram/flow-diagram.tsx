import {
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo, type ReactNode } from 'react';
import { IconButton } from '../../../../kit/actions/button.js';
import { useStable } from '../../../../kit/data/use-stable.js';
import { Skeleton } from '../../../../kit/feedback/loading.js';
import { classes } from '../../../../kit/style/classes.js';
import { useText } from '../messages/use-text.js';
import styles from './flow-diagram.module.css';
import type { FlowGraph, GraphNode } from './flow-graph.js';
import { goesFromTo, type LitWay } from './lit-way.js';
import { useLayout, type LaidOut } from './use-layout.js';

interface Shown extends Record<string, unknown> {
  readonly name: string;
  readonly kind: GraphNode['kind'] | 'group';
  readonly isLit: boolean;
}
type ShownNode = Node<Shown>;

interface FlowDiagramProps {
  readonly graph: FlowGraph;
  readonly way: LitWay | undefined;
}

/** The ways through a flow as a picture. It says nothing that the outline does not say, so those who cannot see it miss nothing. */
export function FlowDiagram({ graph, way }: FlowDiagramProps): ReactNode {
  const t = useText();
  const laidOut = useLayout(graph);
  const drawn = useStable(useMemo(() => laidOut && picture(laidOut, way, t), [laidOut, way, t]));
  if (!drawn) return <Skeleton lines={10} />;
  const { nodes, edges } = drawn;
  return (
    <div className={styles.frame}>
      <ReactFlowProvider>
        <div className={styles.canvas} aria-hidden="true">
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            fitView
            minZoom={0.1}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            zoomOnScroll={false}
            preventScrolling={false}
            proOptions={{ hideAttribution: true }}
          />
        </div>
        <Zoom />
      </ReactFlowProvider>
    </div>
  );
}

function Zoom(): ReactNode {
  const t = useText();
  const flow = useReactFlow();
  return (
    <div className={styles.zoom}>
      <IconButton icon="add" label={t('zoomIn')} onClick={() => void flow.zoomIn()} />
      <IconButton icon="remove" label={t('zoomOut')} onClick={() => void flow.zoomOut()} />
      <IconButton icon="search" label={t('zoomFit')} onClick={() => void flow.fitView()} />
    </div>
  );
}

function Box({ data }: NodeProps<ShownNode>): ReactNode {
  return (
    <div className={classes(styles.box, styles[data.kind], data.isLit && styles.lit)}>
      <Handle type="target" position={Position.Top} className={styles.handle ?? ''} />
      <span>{data.name}</span>
      <Handle type="source" position={Position.Bottom} className={styles.handle ?? ''} />
    </div>
  );
}

const Group = ({ data }: NodeProps<ShownNode>): ReactNode => <div className={styles.group}>{data.name}</div>;

const NODE_TYPES = { box: Box, group: Group };

function picture(
  { graph: { nodes, groups }, layout: { places, edges } }: LaidOut,
  way: LitWay | undefined,
  t: ReturnType<typeof useText>,
): { readonly nodes: ShownNode[]; readonly edges: Edge[] } {
  const isLit = (id: string): boolean =>
    way !== undefined && (id === 'start' || way.executions.includes(id) || (id === 'passed' && way.passes));
  const shown = (id: string, type: keyof typeof NODE_TYPES, data: Shown, parent: string | undefined): ShownNode[] => {
    const place = places[id];
    if (!place) return [];
    const { x, y, width, height } = place;
    return [
      {
        id,
        type,
        data,
        position: { x, y },
        style: { width, height },
        ...(parent !== undefined && { parentId: parent }),
      },
    ];
  };
  return {
    nodes: [
      ...groups.flatMap(({ id, name, parent }) => shown(id, 'group', { name, kind: 'group', isLit: false }, parent)),
      ...nodes.flatMap(({ id, kind, name, group }) =>
        shown(id, 'box', { kind, name: name === '' ? t(`node.${kind}`) : name, isLit: isLit(id) }, group),
      ),
    ],
    edges: edges.map(({ from, to, on }): Edge => ({
      id: `${from} ${to} ${on}`,
      source: from,
      target: to,
      type: 'smoothstep',
      className: classes(
        styles.edge,
        (on === 'otherwise' || on === 'fails') && styles.otherwise,
        goesFromTo(way, from, to) && styles.litEdge,
      ),
      ...(on !== 'begins' && on !== 'passes' && { label: t(`edge.${on}`) }),
    })),
  };
}
