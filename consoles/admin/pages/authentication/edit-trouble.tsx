import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ApiError } from '../../../kit/api/api-error.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { useVersions } from '../../flows/flow-queries.js';
import { useText } from './messages/use-text.js';

interface EditTroubleProps {
  readonly alias: string;
  readonly error: unknown;
  /** Makes the same change on the flow as it is by now. */
  readonly onAgain: () => void;
  readonly onDismiss?: () => void;
}

/** Why a change was not made. Where somebody else was faster: who, when, and the way to make it all the same. */
export function EditTrouble({ alias, error, onAgain, onDismiss }: EditTroubleProps): ReactNode {
  const t = useText();
  const outdated = error instanceof ApiError && error.trouble === 'outdated';
  if (!outdated) return <ErrorNotice error={error} onRetry={onAgain} />;
  return (
    <Notice
      kind="danger"
      title={t('changedMeanwhile')}
      actions={
        <>
          <Button onClick={onAgain}>{t('changeAnyway')}</Button>
          {onDismiss && (
            <Button look="quiet" onClick={onDismiss}>
              {t('leaveIt')}
            </Button>
          )}
        </>
      }
    >
      <LastEditor alias={alias} />
      <p>{t('changedMeanwhileAbout')}</p>
    </Notice>
  );
}

function LastEditor({ alias }: { readonly alias: string }): ReactNode {
  const t = useText();
  // Not the page's own query of versions: what is shown there may be older.
  const last = useVersions(alias, 0, 2).data?.[0];
  if (!last) return null;
  return (
    <p>
      {t('changedBy', { name: last.editor?.username ?? t('theServer') })} <DateTime at={last.at} />
    </p>
  );
}
