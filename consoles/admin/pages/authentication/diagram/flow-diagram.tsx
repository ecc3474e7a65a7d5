import dagre from '@dagrejs/dagre';
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
import { classes } from '../../../../kit/style/classes.js';
import { useText } from '../messages/use-text.js';
import styles from './flow-diagram.module.css';
import type { FlowGraph, GraphNode } from './flow-graph.js';
import { goesFromTo, type LitWay } from './lit-way.js';

const WIDTH = 190;
const HEIGHT = 44;

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
  const { nodes, edges } = useMemo(() => picture(graph, way, t), [graph, way, t]);
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
  { nodes, groups, edges }: FlowGraph,
  way: LitWay | undefined,
  t: ReturnType<typeof useText>,
): { readonly nodes: ShownNode[]; readonly edges: Edge[] } {
  const layout = new dagre.graphlib.Graph({ compound: true, multigraph: true });
  layout.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 40 });
  layout.setDefaultEdgeLabel(() => ({}));
  for (const { id, parent } of groups) {
    layout.setNode(id, {});
    if (parent !== undefined) layout.setParent(id, parent);
  }
  for (const { id, group } of nodes) {
    layout.setNode(id, { width: WIDTH, height: HEIGHT });
    if (group !== undefined) layout.setParent(id, group);
  }
  for (const { from, to, on } of edges) layout.setEdge(from, to, {}, on);
  // A sub-flow in which nothing runs has no place in the picture, nor one of nothing but such.
  for (const { id } of groups.toReversed()) if (layout.children(id).length === 0) layout.removeNode(id);
  dagre.layout(layout);

  const corner = (id: string): { readonly x: number; readonly y: number } => {
    const { x, y, width, height } = layout.node(id) as Record<'x' | 'y' | 'width' | 'height', number>;
    return { x: x - width / 2, y: y - height / 2 };
  };
  const inside = (id: string, parent: string | undefined): Pick<ShownNode, 'position' | 'parentId'> => {
    const { x, y } = corner(id);
    if (parent === undefined) return { position: { x, y } };
    const outer = corner(parent);
    return { position: { x: x - outer.x, y: y - outer.y }, parentId: parent };
  };
  const isLit = (id: string): boolean =>
    way !== undefined && (id === 'start' || way.executions.includes(id) || (id === 'passed' && way.passes));
  return {
    nodes: [
      ...groups
        .filter(({ id }) => layout.hasNode(id))
        .map(({ id, name, parent }): ShownNode => {
          const { width, height } = layout.node(id) as { readonly width: number; readonly height: number };
          return {
            id,
            type: 'group',
            data: { name, kind: 'group', isLit: false },
            ...inside(id, parent),
            style: { width, height },
          };
        }),
      ...nodes.map(({ id, kind, name, group }): ShownNode => ({
        id,
        type: 'box',
        data: { kind, name: name === '' ? t(`node.${kind}`) : name, isLit: isLit(id) },
        ...inside(id, group),
        style: { width: WIDTH, height: HEIGHT },
      })),
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
