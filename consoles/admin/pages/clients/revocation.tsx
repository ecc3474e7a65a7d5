import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Facts, Panel } from '../../../kit/layout/panel.js';
import { Row, Stack } from '../../../kit/layout/stack.js';
import { useMay } from '../../who-am-i.js';
import { PushReport, type PushResult } from './push-report.js';
import { useClient, useClientApi, useSaveClient } from './use-client.js';
import { useText } from './messages/use-text.js';

/** Tokens of this client that were issued before a moment are not taken any more. */
export function Revocation(): ReactNode {
  const t = useText();
  const api = useClientApi();
  const { notBefore, adminUrl = '' } = useClient();
  const mayManage = useMay()('manage-clients');
  const save = useSaveClient();
  const push = useMutation({ mutationFn: () => api.post<PushResult>('/push-revocation') });
  const problem = save.error ?? push.error;
  return (
    <Panel title={t('revocation')} description={t('revocationAbout')}>
      <Stack>
        {problem && <ErrorNotice error={problem} />}
        <Facts facts={[[t('notBefore'), notBefore > 0 ? <DateTime at={notBefore * 1000} /> : t('notBefore.none')]]} />
        {mayManage && (
          <Row>
            <Button busy={save.isPending} onClick={() => save.mutate({ notBefore: Math.floor(Date.now() / 1000) })}>
              {t('notBefore.now')}
            </Button>
            <Button disabled={notBefore === 0} onClick={() => save.mutate({ notBefore: 0 })}>
              {t('notBefore.clear')}
            </Button>
            <Button disabled={adminUrl === ''} busy={push.isPending} onClick={() => push.mutate()}>
              {t('push')}
            </Button>
          </Row>
        )}
        {adminUrl === '' && <Notice>{t('pushNeeds')}</Notice>}
        {push.data && <PushReport result={push.data.value} />}
      </Stack>
    </Panel>
  );
}
