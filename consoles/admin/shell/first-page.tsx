import type { ReactNode } from 'react';
import { Link } from '../../kit/actions/link.js';
import { useLocale } from '../../kit/i18n/locale.js';
import { Page } from '../../kit/layout/page.js';
import { Facts, Panel } from '../../kit/layout/panel.js';
import { useAdmin, useRealmName, useTo } from '../admin-context.js';
import { useText } from '../messages/use-text.js';
import { AREAS } from '../routes.js';
import { useMay } from '../who-am-i.js';

/** Where one is, and what there is to do. */
export function FirstPage(): ReactNode {
  const t = useText();
  const { locale } = useLocale();
  const { address } = useAdmin();
  const realm = useRealmName();
  const to = useTo();
  const may = useMay();
  const issuer = `${address.server}/realms/${encodeURIComponent(realm)}`;
  const entries = AREAS.flatMap((area) => area.entries).filter(({ roles }) => may(...roles));
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
      {entries.length > 0 && (
        <Panel title={t('areas')}>
          <ul>
            {entries.map(({ path, label }) => (
              <li key={path}>
                <Link to={to(...path.split('/'))}>{label[locale]}</Link>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Page>
  );
}
