import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../../kit/actions/button.js';
import { Paging } from '../../kit/data/paging.js';
import { Table } from '../../kit/data/table.js';
import { PAGE_SIZE } from '../../kit/data/use-list-address.js';
import { EmptyState } from '../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../kit/feedback/error-state.js';
import { Panel } from '../../kit/layout/panel.js';
import { Stack } from '../../kit/layout/stack.js';
import { ConfirmDialog } from '../../kit/overlays/confirm-dialog.js';
import { AssignDialog } from './assign-dialog.js';
import { useText } from './messages/use-text.js';
import { RoleName } from './role-name.js';
import type { Role } from './role.js';

/** What a list of roles is about, and how it speaks of them. */
export interface RoleListLook {
  readonly title: string;
  readonly description: string;
  /** What buttons call a role; by its name alone unless told otherwise. */
  readonly nameOf?: (role: Role) => string;
  /** Takes a role away without asking first. */
  readonly takesAtOnce?: boolean;
}

interface RoleListProps extends RoleListLook {
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
  const { title, description, nameOf = ownName, takesAtOnce = false, roles, error, onRetry, taker, give, take } = props;
  const t = useText();
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState<Role>();
  const [first, setFirst] = useState(0);
  const taking = useMutation({ mutationFn: async (role: Role) => take?.(role) });
  // The last role of the last page may have been taken away.
  const from = roles && first < roles.length ? first : 0;
  const shown = roles?.slice(from, from + PAGE_SIZE);
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
        {taking.error && <ErrorNotice error={taking.error} />}
        {error ? (
          <ErrorNotice error={error} onRetry={onRetry} />
        ) : (
          <Table
            label={title}
            columns={[
              { id: 'name', label: t('role'), cell: RoleName },
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
                      cell: (role: Role) =>
                        takesAtOnce ? (
                          <Button
                            aria-label={t('unassignOf', { name: nameOf(role) })}
                            busy={taking.isPending && taking.variables.id === role.id}
                            onClick={() => taking.mutate(role)}
                          >
                            {t('unassign')}
                          </Button>
                        ) : (
                          <IconButton
                            icon="delete"
                            label={t('take', { name: nameOf(role) })}
                            onClick={() => setAsking(role)}
                          />
                        ),
                    },
                  ]
                : []),
            ]}
            rows={shown}
            idOf={({ id }) => id}
            nameOf={nameOf}
            empty={<EmptyState title={t('none')} />}
          />
        )}
        {roles && roles.length > PAGE_SIZE && (
          <Paging first={from} size={PAGE_SIZE} shown={shown?.length ?? 0} total={roles.length} onChange={setFirst} />
        )}
      </Stack>
      {adding && give && (
        <AssignDialog
          taker={taker}
          has={new Set((roles ?? []).map(({ id }) => id))}
          nameOf={nameOf}
          give={give}
          onClose={() => setAdding(false)}
        />
      )}
      {asking && take && (
        <ConfirmDialog
          danger
          title={t('takeTitle', { name: nameOf(asking) })}
          action={t('takeAway')}
          onConfirm={() => take(asking)}
          onClose={() => setAsking(undefined)}
        >
          <p>{t('takeAbout')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

const ownName = ({ name }: Role): string => name;
