import type { ReactNode } from 'react';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Button } from '../actions/button.js';
import { EmptyState } from '../feedback/empty-state.js';
import { ErrorNotice } from '../feedback/error-state.js';
import { Page } from '../layout/page.js';
import { useKitText } from '../messages/use-kit-text.js';

/** In place of a page that broke, or whose program could not be loaded. */
export function RouteError(): ReactNode {
  const t = useKitText();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <PageNotFound />;
  // The files of an older version are gone after an update of the server.
  const isOld = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <Page title={t('unexpected')}>
      {isOld ? <p>{t('newVersion')}</p> : <ErrorNotice error={error} />}
      <div>
        <Button look="primary" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      </div>
    </Page>
  );
}

/** For an address that no page has. */
export function PageNotFound(): ReactNode {
  const t = useKitText();
  return (
    <Page title={t('pageNotFound')}>
      <EmptyState title={t('pageNotFound')}>{t('pageNotFoundAbout')}</EmptyState>
    </Page>
  );
}
