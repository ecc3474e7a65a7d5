import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../../kit/actions/button.js';
import { Table } from '../../kit/data/table.js';
import { Badge } from '../../kit/feedback/badge.js';
import { EmptyState } from '../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../kit/feedback/error-state.js';
import { Panel } from '../../kit/layout/panel.js';
import { Row, Stack } from '../../kit/layout/stack.js';
import { ConfirmDialog } from '../../kit/overlays/confirm-dialog.js';
import { AssignDialog } from './assign-dialog.js';
import { useText } from './messages/use-text.js';
import type { Role } from './role.js';

interface RoleListProps {
  readonly title: string;
  readonly description: string;
  /** Undefined while they are on their way. */
  readonly roles: readonly Role[] | undefined;
  readonly error: Error | null;
  readonly onRetry: () => void;
  /** To whom roles are given, as `ui-ext/available-roles` names it. */
  readonly taker: { readonly kind: 'users' | 'groups' | 'roles'; readonly id: string };
  /** Absent for who may not. */
  readonly give?: ((role: Role) => Promise<unknown>) | undefined;
  readonly take?: ((role: Role) => Promise<unknown>) | undefined;
}

/** Roles that something has, and the ways to give and take them. */
export function RoleList(props: RoleListProps): ReactNode {
  const { title, description, roles, error, onRetry, taker, give, take } = props;
  const t = useText();
  const [adding, setAdding] = useState(false);
  const [taking, setTaking] = useState<Role>();
  return (
    <Panel
      title={title}
      description={description}
      actions={
        give && (
          <Button icon="add" onClick={() => setAdding(true)}>
            {t('assign')}
          </Button>
        )
      }
    >
      <Stack>
        {error ? (
          <ErrorNotice error={error} onRetry={onRetry} />
        ) : (
          <Table
            label={title}
            columns={[
              {
                id: 'name',
                label: t('role'),
                cell: ({ name, client }) => (
                  <Row>
                    {client !== undefined && <Badge>{client}</Badge>}
                    <span>{name}</span>
                  </Row>
                ),
              },
              {
                id: 'description',
                label: t('description'),
                cell: ({ description: about = '' }) => (about.startsWith('${') ? '' : about),
              },
              ...(take
                ? [
                    {
                      id: 'actions',
                      label: t('actions'),
                      actions: true,
                      cell: (role: Role) => (
                        <IconButton
                          icon="delete"
                          label={t('take', { name: role.name })}
                          onClick={() => setTaking(role)}
                        />
                      ),
                    },
                  ]
                : []),
            ]}
            rows={roles}
            idOf={({ id }) => id}
            nameOf={({ name }) => name}
            empty={<EmptyState title={t('none')} />}
          />
        )}
      </Stack>
      {adding && give && (
        <AssignDialog
          taker={taker}
          has={new Set((roles ?? []).map(({ id }) => id))}
          give={give}
          onClose={() => setAdding(false)}
        />
      )}
      {taking && take && (
        <ConfirmDialog
          danger
          title={t('takeTitle', { name: taking.name })}
          action={t('takeAway')}
          onConfirm={() => take(taking)}
          onClose={() => setTaking(undefined)}
        >
          <p>{t('takeAbout')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
