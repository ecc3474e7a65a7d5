import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Table } from '../../../kit/data/table.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Row } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { MailDialog } from './mail-dialog.js';
import { isKey, useText } from './messages/use-text.js';
import { PasswordDialog } from './password-dialog.js';
import { useUserApi, useUserDeed, useUserId } from './use-user.js';

interface Credential {
  readonly id: string;
  readonly type: string;
  readonly userLabel?: string;
  readonly createdDate?: number;
}

/** What the user signs in with: set a password, delete one, or send a mail with which the user does it. */
export function CredentialsTab(): ReactNode {
  const t = useText();
  const api = useUserApi();
  const may = useMay()('manage-users');
  const [asking, setAsking] = useState<'password' | 'mail' | Credential>();
  const credentials = useQuery({
    queryKey: ['users', useRealmName(), useUserId(), 'credentials'],
    queryFn: ({ signal }) => api.get<readonly Credential[]>('/credentials', {}, signal),
  });
  const remove = useUserDeed(({ id }: Credential) => api.delete(`/credentials/${id}`), t('deleteCredential.done'));
  const nameOf = ({ type, userLabel }: Credential): string => {
    const key = `credential.${type}`;
    const kind = isKey(key) ? t(key) : type;
    return userLabel === undefined || userLabel === '' ? kind : `${kind}: ${userLabel}`;
  };
  const close = (): void => setAsking(undefined);
  return (
    <Panel title={t('credentials')} description={t('credentials.about')}>
      {may && (
        <Row>
          <Button look="primary" icon="key" onClick={() => setAsking('password')}>
            {t('password')}
          </Button>
          <Button onClick={() => setAsking('mail')}>{t('mail')}</Button>
        </Row>
      )}
      {credentials.error ? (
        <ErrorNotice error={credentials.error} onRetry={() => void credentials.refetch()} />
      ) : (
        <Table
          label={t('credentials')}
          columns={[
            { id: 'type', label: t('type'), cell: nameOf },
            {
              id: 'created',
              label: t('created'),
              cell: ({ createdDate: at }) => at !== undefined && <DateTime at={at} />,
            },
            ...(may
              ? [
                  {
                    id: 'deeds',
                    label: t('delete'),
                    actions: true,
                    cell: (credential: Credential) => (
                      <Button
                        aria-label={t('deleteOf', { name: nameOf(credential) })}
                        onClick={() => setAsking(credential)}
                      >
                        {t('delete')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
          rows={credentials.data}
          idOf={({ id }) => id}
          nameOf={nameOf}
          empty={<EmptyState title={t('credentials.empty')}>{t('credentials.emptyAbout')}</EmptyState>}
        />
      )}
      {asking === 'password' && <PasswordDialog onClose={close} />}
      {asking === 'mail' && <MailDialog onClose={close} />}
      {typeof asking === 'object' && (
        <ConfirmDialog
          danger
          title={t('deleteCredential.title', { name: nameOf(asking) })}
          action={t('delete')}
          onConfirm={() => remove.mutateAsync(asking)}
          onClose={close}
        >
          <p>{t('deleteCredential.about')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
