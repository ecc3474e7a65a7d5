import type { ReactNode } from 'react';
import { Page } from '../../kit/layout/page.js';
import { Facts, Panel } from '../../kit/layout/panel.js';
import { useAdmin, useRealmName } from '../admin-context.js';
import { useText } from '../messages/use-text.js';

/** Where one is, and what there is to do. */
export function FirstPage(): ReactNode {
  const t = useText();
  const { address } = useAdmin();
  const realm = useRealmName();
  const issuer = `${address.server}/realms/${encodeURIComponent(realm)}`;
  return (
    <Page title={t('welcome', { realm })} description={t('welcomeAbout')}>
      <Panel title={t('addresses')} description={t('addressesAbout')}>
        <Facts
          facts={[
            [t('issuer'), <code key="issuer">{issuer}</code>],
            [
              t('discovery'),
              <a key="discovery" href={`${issuer}/.well-known/openid-configuration`}>
                {t('open')}
              </a>,
            ],
            [
              t('account'),
              <a key="account" href={`${issuer}/account/`}>
                {t('open')}
              </a>,
            ],
          ]}
        />
      </Panel>
    </Page>
  );
}
