import type { ReactNode } from 'react';
import { DateTime } from '../../kit/format/date-time.js';
import { Badge } from '../../kit/feedback/badge.js';
import { Code, Muted, Row, Stack } from '../../kit/layout/stack.js';
import { isKey, useText } from './messages/use-text.js';
import type { EndedSession, FoundSession, Session, SessionDevice } from './session-representation.js';

/** Characters by which a session is told apart where its whole id would be too long. */
const SHORT_ID = 8;

/** A device in words: "Chrome 120 on Mac OS X". */
export function useDeviceText(): (device: SessionDevice) => string {
  const t = useText();
  return ({ device, browser, os }) => {
    const [name = '', version = ''] = browser.split('/');
    const known = name !== 'Other';
    const short = /^\d/.test(version) ? `${name} ${version.split('.')[0]}` : name;
    if (known && os !== 'Other') return t('deviceOn', { browser: short, os });
    if (known) return short;
    return device === 'Other' ? t('deviceUnknown') : device;
  };
}

/** Browser and system of a session; the device where it says more than they do. */
export function DeviceCell({ session }: { readonly session: Pick<FoundSession, 'device' | 'rememberMe'> }): ReactNode {
  const t = useText();
  const text = useDeviceText()(session.device);
  const { device } = session.device;
  return (
    <Stack gap="tight">
      <span>{text}</span>
      {device !== 'Other' && device !== text && <Muted>{device}</Muted>}
      {session.rememberMe && <Badge>{t('rememberMe')}</Badge>}
    </Stack>
  );
}

/** Applications that take part. */
export function ClientsCell({ session }: { readonly session: Pick<Session, 'clients'> }): ReactNode {
  const t = useText();
  const names = Object.values(session.clients).toSorted((a, b) => a.localeCompare(b));
  if (names.length === 0) return <Muted>{t('none')}</Muted>;
  return (
    <Row>
      {names.map((name) => (
        <Code key={name}>{name}</Code>
      ))}
    </Row>
  );
}

/** When the session ends if nothing more happens, and which setting decides that. */
export function ExpiryCell({ session }: { readonly session: FoundSession }): ReactNode {
  const t = useText();
  const { expires, expiryCause, expirySetting } = session;
  const key = `setting.${expirySetting}`;
  return (
    <Stack gap="tight">
      <DateTime at={expires} relative />
      <Muted>{t(`expiry.${expiryCause}`, { setting: isKey(key) ? t(key) : expirySetting })}</Muted>
    </Stack>
  );
}

/** Why a session ended, in words: which one took its place, and which cap was full. */
export function ReasonCell({ session }: { readonly session: EndedSession }): ReactNode {
  const t = useText();
  const { reason, evictedBy, cap, limit } = session;
  if (reason === 'evicted' && evictedBy !== undefined && cap !== undefined && limit !== undefined)
    return (
      <span title={evictedBy}>{t(`reason.evicted.${cap}`, { session: evictedBy.slice(0, SHORT_ID), limit })}</span>
    );
  const key = `reason.${reason}`;
  return isKey(key) ? t(key) : reason;
}
