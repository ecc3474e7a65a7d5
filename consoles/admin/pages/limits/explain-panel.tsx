import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { Select } from '../../../kit/fields/select.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Facts, Panel } from '../../../kit/layout/panel.js';
import { Columns } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import type { Door, LimitedDoor } from '../../flows/flow-api.js';
import { ClientPicker, type PickedClient } from '../../pickers/client-picker.js';
import { UserPicker, type PickedUser } from '../../pickers/user-picker.js';
import { useText } from './messages/use-text.js';

interface Explanation extends LimitedDoor {
  readonly counts: { readonly realm: number; readonly client: number };
  readonly decision: {
    readonly kind: 'admit' | 'deny' | 'evict';
    readonly cap?: string;
    readonly limit?: number;
    readonly evicted: readonly { readonly id: string; readonly ipAddress?: string; readonly lastAccess?: number }[];
  };
}

/** What the next login of somebody would meet. */
export function ExplainPanel(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const [user, setUser] = useState<PickedUser>();
  const [client, setClient] = useState<PickedClient>();
  const [door, setDoor] = useState<Door>('browser');
  const isAsked = user !== undefined && client !== undefined;
  const explained = useQuery({
    queryKey: ['flows', realm, 'explain', user?.id, client?.id, door],
    queryFn: ({ signal }) =>
      api.get<Explanation>('/limits/explain', { user: user?.id, client: client?.id, door }, signal),
    enabled: isAsked,
    staleTime: 0,
  });
  return (
    <Panel title={t('explain')} description={t('explainAbout')}>
      <Columns>
        <UserPicker label={t('user')} value={user} onChange={setUser} />
        <ClientPicker label={t('client')} value={client} onChange={setClient} />
        <Select
          label={t('door')}
          value={door}
          choices={(['browser', 'direct_grant'] as const).map((value) => ({ value, label: t(`door.${value}`) }))}
          onChange={({ currentTarget }) => setDoor(currentTarget.value as Door)}
        />
      </Columns>
      {isAsked && explained.isPending && <Skeleton lines={3} />}
      {explained.error && <ErrorNotice error={explained.error} onRetry={() => void explained.refetch()} />}
      {isAsked && explained.data && <Explained explanation={explained.data} />}
    </Panel>
  );
}

function Explained({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const t = useText();
  const { counts, decision, flow = '' } = explanation;
  const kind = decision.kind === 'deny' ? 'danger' : decision.kind === 'evict' ? 'warning' : 'success';
  return (
    <>
      <Notice kind={kind} title={t(`decision.${decision.kind}`, { count: decision.evicted.length })}>
        {decision.evicted.length > 0 && (
          <ul>
            {decision.evicted.map(({ id, ipAddress = '', lastAccess }) => (
              <li key={id}>
                {ipAddress} {lastAccess !== undefined && <DateTime at={lastAccess} />}
              </li>
            ))}
          </ul>
        )}
      </Notice>
      <Facts
        facts={[
          [t('flow'), flow],
          [t('sessionsNow'), t('counts', counts)],
        ]}
      />
    </>
  );
}
