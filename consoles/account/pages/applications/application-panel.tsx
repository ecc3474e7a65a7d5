import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ExternalLink } from '../../../kit/actions/link.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Facts, Panel } from '../../../kit/layout/panel.js';
import { Code, Row } from '../../../kit/layout/stack.js';
import { nameOf, type Application } from './application.js';
import { useText } from './messages/use-text.js';

interface ApplicationPanelProps {
  readonly application: Application;
  readonly onRevoke: () => void;
}

/** One application: what it is, and what it may do. */
export function ApplicationPanel({ application, onRevoke }: ApplicationPanelProps): ReactNode {
  const t = useText();
  const name = nameOf(application);
  const { inUse, offlineAccess, consent, effectiveUrl, description, policyUri, tosUri } = application;
  const facts: [string, ReactNode][] = [[t('id'), <Code>{application.clientId}</Code>]];
  if (description) facts.push([t('description'), description]);
  if (consent) {
    facts.push([t('allowed'), consent.grantedScopes.map(({ displayText }) => displayText).join(', ')]);
    facts.push([t('since'), <DateTime at={consent.createdDate} />]);
  }
  if (offlineAccess) facts.push([t('offline'), t('offlineAbout')]);
  if (policyUri !== undefined) facts.push([t('policy'), <ExternalLink href={policyUri}>{policyUri}</ExternalLink>]);
  if (tosUri !== undefined) facts.push([t('terms'), <ExternalLink href={tosUri}>{tosUri}</ExternalLink>]);
  return (
    <Panel
      title={name}
      actions={
        <Row>
          {inUse && <Badge kind="success">{t('inUse')}</Badge>}
          {offlineAccess && <Badge kind="warning">{t('offline')}</Badge>}
          {effectiveUrl !== undefined && <ExternalLink href={effectiveUrl}>{t('open')}</ExternalLink>}
          {(consent !== undefined || offlineAccess) && (
            <Button aria-label={t('revokeNamed', { name })} onClick={onRevoke}>
              {t('revoke')}
            </Button>
          )}
        </Row>
      }
    >
      <Facts facts={facts} />
    </Panel>
  );
}
