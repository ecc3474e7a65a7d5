import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { GroupDialog } from './group-dialog.js';
import { GroupList } from './group-list.js';
import { useText } from './messages/use-text.js';

/** Groups at the top of the tree; each leads to those below it. */
export function GroupsPage(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const cache = useQueryClient();
  const toast = useToast();
  const [creating, setCreating] = useState(false);
  const create = useMay()('manage-users') && (
    <Button look="primary" icon="add" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  );
  return (
    <Page title={t('groups')} description={t('about')} actions={create}>
      <GroupList />
      {creating && (
        <GroupDialog
          title={t('create')}
          save={async (name) => {
            await api.post('/groups', { name });
            await cache.invalidateQueries({ queryKey: ['groups', realm] });
            toast(t('saved'));
          }}
          onClose={() => setCreating(false)}
        />
      )}
    </Page>
  );
}
