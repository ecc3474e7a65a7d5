import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Columns, Row } from '../../../kit/layout/stack.js';
import { Facts, Panel } from '../../../kit/layout/panel.js';
import { useSession } from '../../../kit/shell/session-provider.js';
import { known, systemText, type PlacedSession } from './login-session.js';
import { useText } from './messages/use-text.js';

/** What a session is called: `Firefox 121 on Linux`. */
export function useSessionName(): (session: PlacedSession) => string {
  const t = useText();
  return ({ browser, device }) =>
    t('browserOn', {
      browser: known(browser) ?? t('unknownBrowser'),
      os: systemText(device) ?? t('unknownSystem'),
    });
}

interface SessionPanelProps {
  readonly session: PlacedSession;
  readonly onEnd: () => void;
}

/** One session: where it is, since when, and what ends it. */
export function SessionPanel({ session, onEnd }: SessionPanelProps): ReactNode {
  const t = useText();
  const nameOf = useSessionName();
  const own = useSession();
  const name = nameOf(session);
  const { device, current = false } = session;
  return (
    <Panel
      inList
      title={name}
      icon={device.mobile ? 'phone' : 'computer'}
      actions={
        <Row>
          {current && <Badge kind="success">{t('thisDevice')}</Badge>}
          {current ? (
            <Button onClick={() => void own.signOut()}>{t('signOut')}</Button>
          ) : (
            <Button aria-label={t('endNamed', { name })} onClick={onEnd}>
              {t('end')}
            </Button>
          )}
        </Row>
      }
    >
      <Columns>
        <Facts
          facts={[
            [t('device'), known(device.device) ?? t(device.mobile ? 'phone' : 'computer')],
            [t('browser'), known(session.browser) ?? t('unknownBrowser')],
            [t('system'), systemText(device) ?? t('unknownSystem')],
            [t('address'), session.ipAddress],
          ]}
        />
        <Facts
          facts={[
            [t('started'), <DateTime at={session.started * 1000} />],
            [t('lastAccess'), <DateTime at={session.lastAccess * 1000} relative />],
            [t('expires'), <DateTime at={session.expires * 1000} />],
            [t('applications'), session.clients.map(({ clientId, clientName }) => clientName || clientId).join(', ')],
          ]}
        />
      </Columns>
    </Panel>
  );
}
