import {
  BaseEdge,
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useEffect, useMemo, type ReactNode } from 'react';
import { IconButton } from '../../../../kit/actions/button.js';
import { useStable } from '../../../../kit/data/use-stable.js';
import { Skeleton } from '../../../../kit/feedback/loading.js';
import { classes } from '../../../../kit/style/classes.js';
import { useText } from '../messages/use-text.js';
import styles from './flow-diagram.module.css';
import type { FlowGraph, GraphNode } from './flow-graph.js';
import type { DrawnEdge, FlowLayout, Point } from './flow-layout.js';
import { goesFromTo, type LitWay } from './lit-way.js';
import { useLayout, type LaidOut } from './use-layout.js';

/** Whether something is on the way that is lit, and whether that is as it should be. */
type Light = 'lit' | 'bad' | undefined;

interface Shown extends Record<string, unknown> {
  readonly name: string;
  readonly kind: GraphNode['kind'] | 'group';
  readonly light: Light;
}
type ShownNode = Node<Shown>;
type ShownEdge = Edge<Pick<DrawnEdge, 'points' | 'words'>>;

interface FlowDiagramProps {
  readonly graph: FlowGraph;
  readonly way: LitWay | undefined;
}

/** The ways through a flow as a picture. It says nothing that the outline does not say, so those who cannot see it miss nothing. */
export function FlowDiagram({ graph, way }: FlowDiagramProps): ReactNode {
  const t = useText();
  const laidOut = useLayout(graph);
  const drawn = useStable(useMemo(() => laidOut && picture(laidOut, way, t), [laidOut, way, t]));
  if (!laidOut || !drawn) return <Skeleton lines={10} />;
  const { nodes, edges } = drawn;
  return (
    <div className={styles.frame}>
      <ReactFlowProvider>
        <div className={styles.canvas} aria-hidden="true">
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
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
        <Zoom layout={laidOut.layout} />
      </ReactFlowProvider>
    </div>
  );
}

/** Shows all of it at first, and again when it was laid out anew; in between, what the person wants. */
function Zoom({ layout }: { readonly layout: FlowLayout }): ReactNode {
  const t = useText();
  const flow = useReactFlow();
  const showAll = useCallback(() => void flow.fitBounds(layout.bounds), [flow, layout]);
  useEffect(showAll, [showAll]);
  return (
    <div className={styles.zoom}>
      <IconButton icon="add" label={t('zoomIn')} onClick={() => void flow.zoomIn()} />
      <IconButton icon="remove" label={t('zoomOut')} onClick={() => void flow.zoomOut()} />
      <IconButton icon="search" label={t('zoomFit')} onClick={showAll} />
    </div>
  );
}

function Box({ data }: NodeProps<ShownNode>): ReactNode {
  return (
    <div className={classes(styles.box, styles[data.kind], data.light && styles[data.light])}>
      <Handle type="target" position={Position.Top} className={styles.handle ?? ''} />
      <span>{data.name}</span>
      <Handle type="source" position={Position.Bottom} className={styles.handle ?? ''} />
    </div>
  );
}

const Group = ({ data }: NodeProps<ShownNode>): ReactNode => <div className={styles.group}>{data.name}</div>;

function Line({ data, label }: EdgeProps<ShownEdge>): ReactNode {
  if (!data) return null;
  const { points, words } = data;
  return (
    <BaseEdge
      path={pathThrough(points)}
      label={label}
      {...(words && { labelX: words.x, labelY: words.y })}
      interactionWidth={0}
    />
  );
}

/** A line with round corners. It stays between its points, and so beside what they lead around. */
function pathThrough(points: readonly Point[]): string {
  const half = (a: Point, b: Point): string => `${(a.x + b.x) / 2} ${(a.y + b.y) / 2}`;
  const [first, ...rest] = points;
  if (!first) return '';
  const bends = rest.slice(0, -1).map((bend, index) => `Q ${bend.x} ${bend.y} ${half(bend, rest[index + 1] ?? bend)}`);
  const last = rest.at(-1) ?? first;
  return [`M ${first.x} ${first.y} L ${half(first, rest[0] ?? first)}`, ...bends, `L ${last.x} ${last.y}`].join(' ');
}

const NODE_TYPES = { box: Box, group: Group };
const EDGE_TYPES = { line: Line };

function picture(
  { graph: { nodes, groups }, layout: { places, edges } }: LaidOut,
  way: LitWay | undefined,
  t: ReturnType<typeof useText>,
): { readonly nodes: ShownNode[]; readonly edges: ShownEdge[] } {
  const light = (isOnIt: boolean): Light => (isOnIt ? (way?.isBad === true ? 'bad' : 'lit') : undefined);
  const isOnWay = (id: string): boolean =>
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
      ...groups.flatMap(({ id, name, parent }) =>
        shown(id, 'group', { name, kind: 'group', light: undefined }, parent),
      ),
      ...nodes.flatMap(({ id, kind, name, group }) =>
        shown(id, 'box', { kind, name: name === '' ? t(`node.${kind}`) : name, light: light(isOnWay(id)) }, group),
      ),
    ],
    edges: edges.map(({ from, to, on, points, words }): ShownEdge => ({
      id: `${from} ${to} ${on}`,
      source: from,
      target: to,
      type: 'line',
      data: { points, ...(words && { words }) },
      className: classes(
        styles.edge,
        (on === 'otherwise' || on === 'fails') && styles.otherwise,
        goesFromTo(way, from, to) && styles[way?.isBad === true ? 'badEdge' : 'litEdge'],
      ),
      ...(words && { label: t(`edge.${on}`) }),
    })),
  };
}
