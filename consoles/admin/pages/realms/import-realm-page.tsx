import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Button } from '../../../kit/actions/button.js';
import buttonStyles from '../../../kit/actions/button.module.css';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Facts, Panel } from '../../../kit/layout/panel.js';
import { Row } from '../../../kit/layout/stack.js';
import { classes } from '../../../kit/style/classes.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useAdmin, useTo } from '../../admin-context.js';
import styles from './import-realm-page.module.css';
import { useText } from './messages/use-text.js';

/** What a file would do, as the server says; nothing is written for it. */
interface ImportPlan {
  readonly realm: string;
  readonly users: number;
  readonly clients: number;
  readonly flows: number;
  readonly notUnderstood: readonly string[];
}

interface PlannedFile {
  readonly name: string;
  readonly text: string;
  readonly plan: ImportPlan;
}

const JSON_BODY = 'application/json';

/** A realm out of a file: the file, what it would do, and then the deed. */
export function ImportRealmPage(): ReactNode {
  const t = useText();
  const { api } = useAdmin();
  const to = useTo();
  const toast = useToast();
  const goOn = useGoOn();
  const queries = useQueryClient();
  const look = useMutation({
    mutationFn: async (file: Pick<File, 'name' | 'text'>): Promise<PlannedFile> => {
      const text = await file.text();
      if (!text.trimStart().startsWith('{')) throw new Error(t('notJson'));
      const { value } = await api.send<ImportPlan>('/admin/realms', {
        method: 'POST',
        query: { dryRun: true },
        body: text,
        contentType: JSON_BODY,
      });
      return { name: file.name, text, plan: value };
    },
  });
  const run = useMutation({
    mutationFn: ({ text }: PlannedFile) =>
      api.send('/admin/realms', { method: 'POST', body: text, contentType: JSON_BODY }),
    onSuccess: async (_answer, { plan: { realm } }) => {
      toast(t('imported', { name: realm }));
      await queries.invalidateQueries({ queryKey: ['realms'] });
      await goOn(`/${encodeURIComponent(realm)}`);
    },
  });
  const planned = look.data;
  return (
    <Page title={t('import')} crumbs={[{ label: t('realms'), to: to('realms') }]} description={t('import.about')}>
      {planned ? (
        <Panel title={t('plan', { file: planned.name })}>
          <Facts
            facts={[
              [t('plan.realm'), planned.plan.realm],
              [t('plan.users'), planned.plan.users],
              [t('plan.clients'), planned.plan.clients],
              [t('plan.flows'), planned.plan.flows],
            ]}
          />
          {planned.plan.notUnderstood.length > 0 && (
            <Notice kind="warning" title={t('plan.notes')}>
              <ul className={styles.notes}>
                {planned.plan.notUnderstood.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </Notice>
          )}
          {run.error && <ErrorNotice error={run.error} />}
          <Row>
            <Button look="primary" icon="import" busy={run.isPending} onClick={() => run.mutate(planned)}>
              {t('runImport')}
            </Button>
            <Button
              onClick={() => {
                look.reset();
                run.reset();
              }}
            >
              {t('another')}
            </Button>
          </Row>
        </Panel>
      ) : (
        <>
          {look.error && <ErrorNotice error={look.error} />}
          <DropZone
            aria-label={t('import')}
            className={styles.zone ?? ''}
            getDropOperation={(types) => (types.has(JSON_BODY) ? 'copy' : 'cancel')}
            onDrop={({ items }) => {
              const [file] = items;
              if (file?.kind === 'file') void file.getFile().then((found) => look.mutate(found));
            }}
          >
            <p>{t('drop')}</p>
            <FileTrigger
              acceptedFileTypes={[JSON_BODY, '.json']}
              onSelect={(files) => {
                const file = files?.item(0);
                if (file) look.mutate(file);
              }}
            >
              <AriaButton className={classes(buttonStyles.button, buttonStyles.primary)} isDisabled={look.isPending}>
                {t('choose')}
              </AriaButton>
            </FileTrigger>
          </DropZone>
        </>
      )}
    </Page>
  );
}
