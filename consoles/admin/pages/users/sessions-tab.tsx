import { useState, type ReactNode } from 'react';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { EndedSessionList } from '../../sessions/ended-session-list.js';
import { SessionList } from '../../sessions/session-list.js';
import { useText } from './messages/use-text.js';
import { useCaps } from './use-caps.js';
import { useUserId } from './use-user.js';

/** Where the user is signed in, which applications have offline access, and what ended lately. */
export function SessionsTab(): ReactNode {
  const t = useText();
  const user = useUserId();
  const capsOf = useCaps();
  const [live, setLive] = useState(0);
  const [offline, setOffline] = useState(0);
  const [ended, setEnded] = useState(0);
  return (
    <Stack>
      <Panel title={t('sessions')} description={t('sessions.about')}>
        <SessionList ofOneUser filter={{ user, offline: false }} first={live} onPage={setLive} capsOf={capsOf} />
      </Panel>
      <Panel title={t('offline')} description={t('offline.about')}>
        <SessionList
          ofOneUser
          label={t('offline')}
          emptyTitle={t('offline.none')}
          filter={{ user, offline: true }}
          first={offline}
          onPage={setOffline}
        />
      </Panel>
      <Panel title={t('ended')} description={t('ended.about')}>
        <EndedSessionList ofOneUser filter={{ user }} first={ended} onPage={setEnded} />
      </Panel>
    </Stack>
  );
}
