import { memo, useCallback, useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { IconButton } from '../../../kit/actions/button.js';
import { placeAfterStep, type TreePlace, type TreeStep } from '../../../kit/data/tree-moves.js';
import type { TreeColumn, TreeRow } from '../../../kit/data/tree-cells.js';
import { TreeTable } from '../../../kit/data/tree-table.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { Select } from '../../../kit/fields/select.js';
import { Icon } from '../../../kit/layout/icon.js';
import { Muted } from '../../../kit/layout/stack.js';
import { Menu, type MenuEntry } from '../../../kit/overlays/menu.js';
import type { Execution, Requirement } from '../../flows/flow-api.js';
import { useText as useFlowText } from '../../flows/messages/use-text.js';
import type { LitWay } from './diagram/lit-way.js';
import styles from './flow-tree.module.css';
import { useText } from './messages/use-text.js';

/** What can be done with the executions of a flow. */
export interface FlowDeeds {
  readonly require: (execution: Execution, requirement: Requirement) => void;
  /** @param into the sub-flow that takes it; undefined: the flow itself */
  readonly move: (execution: Execution, into: Execution | undefined, index: number) => void;
  readonly remove: (execution: Execution) => void;
  readonly configure: (execution: Execution) => void;
  readonly add: (what: 'step' | 'condition' | 'subflow', into: Execution | undefined) => void;
  readonly rename: (execution: Execution) => void;
}

interface FlowTreeProps {
  readonly label: string;
  readonly rows: readonly TreeRow<Execution>[];
  readonly deeds: FlowDeeds;
  /** Nothing can be changed. */
  readonly readOnly: boolean;
  /** Parts are switched on and off, and nothing is added, moved or removed. */
  readonly builtIn: boolean;
  /** The way that is lit. */
  readonly lit: LitWay | undefined;
}

const STEPS: readonly TreeStep[] = ['up', 'down', 'in', 'out'];
const STEP_ICONS = { up: 'up', down: 'down', in: 'forward', out: 'back' } as const;

/** The steps of a flow as a tree: order and nesting by dragging or keys, a requirement for each, and what else can be done with it. */
export const FlowTree = memo(function FlowTree({
  label,
  rows,
  deeds,
  readOnly,
  builtIn,
  lit,
}: FlowTreeProps): ReactNode {
  const t = useText();
  const tf = useFlowText();
  const isFixed = readOnly || builtIn;
  // Where a step can go is looked up when its menu opens: else every row would be drawn again with every change of another one.
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  }, [rows]);

  const move = useCallback(
    ({ value }: TreeRow<Execution>, { parent, index }: TreePlace): void =>
      deeds.move(value, parent === undefined ? undefined : find(latest.current, parent)?.value, index),
    [deeds],
  );
  const columns = useMemo((): readonly TreeColumn<Execution>[] => {
    const entriesOf = (row: TreeRow<Execution>): readonly MenuEntry[] => {
      const { value } = row;
      const holdsId = (id: string): boolean => find(latest.current, id)?.value.authenticationFlow === true;
      const moves = STEPS.map((step): MenuEntry => {
        // Asked again when it is chosen: the rows may have moved under the open menu.
        const place = (): TreePlace | undefined => placeAfterStep(latest.current, row.id, step, holdsId);
        return {
          label: t(`move.${step}`),
          icon: STEP_ICONS[step],
          disabled: place() === undefined,
          onAction: () => {
            const now = place();
            if (now) move(row, now);
          },
        };
      });
      return [
        ...(value.authenticationFlow === true
          ? [
              { label: t('addStep'), icon: 'add' as const, onAction: () => deeds.add('step', value) },
              { label: t('addCondition'), icon: 'add' as const, onAction: () => deeds.add('condition', value) },
              { label: t('addSubflow'), icon: 'add' as const, onAction: () => deeds.add('subflow', value) },
              { label: t('rename'), icon: 'edit' as const, onAction: () => deeds.rename(value) },
            ]
          : []),
        ...moves,
        { label: t('remove'), icon: 'delete' as const, danger: true, onAction: () => deeds.remove(value) },
      ];
    };
    return [
      {
        id: 'name',
        label: t('step'),
        cell: ({ value }) => (
          <span className={styles.name}>
            {!isFixed && (
              <span className={styles.grip}>
                <Icon name="drag" />
              </span>
            )}
            <span>
              <strong className={lit?.executions.includes(value.id) ? styles[lit.isBad ? 'bad' : 'lit'] : undefined}>
                {value.displayName}
              </strong>
              {value.authenticationFlow === true && <Badge>{t('subflow')}</Badge>}
              <span className={styles.more}>
                <Muted>{value.description ?? value.alias ?? ''}</Muted>
              </span>
            </span>
          </span>
        ),
      },
      {
        id: 'requirement',
        label: t('requirement'),
        cell: ({ value }) => (
          <div className={styles.requirement}>
            <Select
              hideLabel
              label={t('requirementOf', { name: value.displayName })}
              value={value.requirement}
              disabled={readOnly || value.requirementChoices.length < 2}
              choices={choicesOf(value).map((choice) => ({ value: choice, label: tf(`requirement.${choice}`) }))}
              onChange={({ currentTarget }) => deeds.require(value, currentTarget.value as Requirement)}
            />
          </div>
        ),
      },
      {
        id: 'actions',
        label: t('actions'),
        cell: (row) => (
          <div className={styles.deeds}>
            {row.value.configurable && (
              <IconButton
                icon="edit"
                label={t(readOnly ? 'configOf' : 'configure', { name: row.name })}
                onClick={() => deeds.configure(row.value)}
              />
            )}
            {!isFixed && (
              <Menu compact icon="more" label={t('actionsFor', { name: row.name })} entries={() => entriesOf(row)} />
            )}
          </div>
        ),
      },
    ];
  }, [deeds, move, lit, readOnly, isFixed, t, tf]);
  const onRowKey = (row: TreeRow<Execution>, event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Delete' && !isFixed) deeds.remove(row.value);
    else if (event.key === 'Enter' && row.value.configurable) deeds.configure(row.value);
    else return;
    event.preventDefault();
  };
  return (
    <TreeTable<Execution>
      label={label}
      columns={columns}
      rows={rows}
      onRowKey={onRowKey}
      {...(!isFixed && { moving: { holds, onMove: move } })}
    />
  );
});

const holds = ({ value }: TreeRow<Execution>): boolean => value.authenticationFlow === true;

/** The present requirement is a choice even where the provider does not list it. */
const choicesOf = ({ requirement, requirementChoices }: Execution): readonly Requirement[] =>
  requirementChoices.includes(requirement) ? requirementChoices : [requirement, ...requirementChoices];

function find(rows: readonly TreeRow<Execution>[], id: string): TreeRow<Execution> | undefined {
  for (const row of rows) {
    const found = row.id === id ? row : find(row.children ?? [], id);
    if (found) return found;
  }
  return undefined;
}
