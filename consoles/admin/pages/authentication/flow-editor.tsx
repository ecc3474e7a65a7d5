import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { useStable } from '../../../kit/data/use-stable.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Row } from '../../../kit/layout/stack.js';
import { Menu } from '../../../kit/overlays/menu.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useTo } from '../../admin-context.js';
import { BindDialog } from '../../flows/bind-dialog.js';
import type { Execution, Flow } from '../../flows/flow-api.js';
import { useBindings, useDoors } from '../../flows/flow-queries.js';
import { usesOf } from '../../flows/flow-uses.js';
import { PendingNotices } from '../../flows/pending-notices.js';
import { useMay } from '../../who-am-i.js';
import { AddStepDialog } from './add-step-dialog.js';
import { ConfigDialog } from './config-dialog.js';
import { EditTrouble } from './edit-trouble.js';
import type { LitWay } from './diagram/lit-way.js';
import { CopyFlowDialog, DeleteFlowDialog } from './flow-dialogs.js';
import styles from './flow-editor.module.css';
import { treeOf } from './flow-rows.js';
import { FlowTree } from './flow-tree.js';
import { FlowUses } from './flow-uses-view.js';
import { FlowViews } from './flow-views.js';
import { useText } from './messages/use-text.js';
import { SubflowDialog } from './subflow-dialog.js';
import { useFlowDeeds, type Asked, type Made } from './use-flow-deeds.js';
import { useFlowEdits } from './use-flow-edits.js';

interface FlowEditorProps {
  readonly flow: Flow;
  readonly executions: readonly Execution[];
}

/** A flow that can be edited: its tree, and beside it what is proved of it and how it runs. */
export function FlowEditor({ flow, executions }: FlowEditorProps): ReactNode {
  const t = useText();
  const to = useTo();
  const goOn = useGoOn();
  const toast = useToast();
  const manages = useMay()('manage-realm');
  const bindings = useBindings();
  const doors = useDoors();
  const edits = useFlowEdits(flow.alias);
  const [asked, setAsked] = useState<Asked>();
  const [lit, setLit] = useState<LitWay>();
  const change = useMutation({
    mutationFn: ({ edit }: Made) => edits.attempt(edit),
    onSuccess: (_, { done }) => toast(done),
  });
  const undo = useMutation({
    mutationFn: () => edits.undo?.() ?? Promise.resolve(),
    onSuccess: () => toast(t('undone')),
  });
  useUndoKey(() => edits.undo && !undo.isPending && undo.mutate());

  const deeds = useFlowDeeds(flow, change.mutate, setAsked);
  const rows = useStable(useMemo(() => treeOf(executions), [executions]));
  const isFixed = !manages || flow.builtIn;
  const close = (): void => setAsked(undefined);
  const lastMade = change.variables;
  return (
    <Page
      title={flow.alias}
      crumbs={[{ label: t('authentication'), to: to('authentication') }]}
      description={flow.description}
      badge={<Badge kind={flow.builtIn ? 'neutral' : 'accent'}>{t(flow.builtIn ? 'builtIn' : 'own')}</Badge>}
      actions={
        manages && (
          <>
            <Button
              icon="undo"
              busy={undo.isPending}
              disabled={edits.undo === undefined}
              aria-keyshortcuts="Control+Z"
              onClick={() => undo.mutate()}
            >
              {t('undo')}
            </Button>
            <Button look="primary" onClick={() => setAsked({ what: 'bind' })}>
              {t('bind')}
            </Button>
            <Menu
              compact
              icon="more"
              label={t('actionsFor', { name: flow.alias })}
              entries={[
                { label: t('duplicate'), icon: 'copy', onAction: () => setAsked({ what: 'copy' }) },
                {
                  label: t('delete'),
                  icon: 'delete',
                  danger: true,
                  disabled: flow.builtIn,
                  onAction: () => setAsked({ what: 'delete' }),
                },
              ]}
            />
          </>
        )
      }
    >
      <Row>
        <span>{t('usedBy')}:</span>
        <FlowUses
          uses={usesOf(flow.alias, bindings.data ?? {}, doors.data?.doors ?? [])}
          areAll={bindings.isSuccess && doors.isSuccess}
        />
      </Row>
      <PendingNotices />
      {flow.builtIn && manages && (
        <Notice
          title={t('builtInTitle')}
          actions={<Button onClick={() => setAsked({ what: 'copy' })}>{t('duplicate')}</Button>}
        >
          <p>{t('builtInAbout')}</p>
        </Notice>
      )}
      {change.error && lastMade && (
        <EditTrouble
          alias={flow.alias}
          error={change.error}
          onAgain={() => void edits.reload().then(() => change.mutate(lastMade))}
          onDismiss={() => {
            change.reset();
            void edits.reload();
          }}
        />
      )}
      {undo.error && (
        <EditTrouble
          alias={flow.alias}
          error={undo.error}
          onAgain={() => void edits.reload().then(() => undo.mutate())}
          onDismiss={() => undo.reset()}
        />
      )}
      <div className={styles.columns}>
        <div className={styles.part}>
          {!isFixed && (
            <Row>
              <Button icon="add" onClick={() => deeds.add('step', undefined)}>
                {t('addStep')}
              </Button>
              <Button icon="add" onClick={() => deeds.add('subflow', undefined)}>
                {t('addSubflow')}
              </Button>
              {flow.providerId === 'basic-flow' && (
                <Button icon="add" onClick={() => deeds.add('condition', undefined)}>
                  {t('addCondition')}
                </Button>
              )}
            </Row>
          )}
          {executions.length === 0 ? (
            <EmptyState title={t('noSteps')}>{t('noStepsAbout')}</EmptyState>
          ) : (
            <FlowTree
              label={t('stepsOf', { flow: flow.alias })}
              rows={rows}
              deeds={deeds}
              readOnly={!manages}
              builtIn={flow.builtIn}
              lit={lit}
            />
          )}
          {!isFixed && executions.length > 0 && <p>{t('keysAbout')}</p>}
        </div>
        <div className={styles.part}>
          <FlowViews flow={flow} executions={executions} edits={edits} onLight={setLit} />
        </div>
      </div>
      {(asked?.what === 'step' || asked?.what === 'condition') && (
        <AddStepDialog alias={flow.alias} what={asked.what} into={asked.into} edits={edits} onClose={close} />
      )}
      {asked?.what === 'subflow' && (
        <SubflowDialog alias={flow.alias} into={asked.into} edits={edits} onClose={close} />
      )}
      {asked?.what === 'rename' && (
        <SubflowDialog alias={flow.alias} into={flow} renamed={asked.execution} edits={edits} onClose={close} />
      )}
      {asked?.what === 'configure' && (
        <ConfigDialog
          alias={flow.alias}
          execution={asked.execution}
          edits={edits}
          readOnly={!manages}
          onClose={close}
        />
      )}
      {asked?.what === 'copy' && <CopyFlowDialog flow={flow} onClose={close} />}
      {asked?.what === 'bind' && <BindDialog flow={flow} onClose={close} />}
      {asked?.what === 'delete' && (
        <DeleteFlowDialog flow={flow} onClose={close} onDeleted={() => void goOn(to('authentication'))} />
      )}
    </Page>
  );
}

/** Control and Z outside of fields, where the browser's own undo has nothing to say. */
function useUndoKey(undo: () => unknown): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const inField =
        event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null;
      if (inField || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
