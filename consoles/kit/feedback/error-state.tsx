import type { ReactNode } from 'react';
import { Button } from '../actions/button.js';
import { ApiError } from '../api/api-error.js';
import { useKitText } from '../messages/use-kit-text.js';
import { Notice } from './notice.js';

/** A problem in words: what it means for the person, and what the server said. For errors of the API and any others. */
export function useErrorText(): (error: unknown) => string {
  const t = useKitText();
  return (error) => {
    if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
    // The server's own sentence says more than "invalid", and is made for people there.
    if (error.trouble === 'invalid' && error.sentence !== '') return error.sentence;
    const said = error.sentence === '' ? '' : ` ${t('serverSaid', { sentence: error.sentence })}`;
    return `${t(error.trouble)}${said}`;
  };
}

interface ErrorProps {
  readonly error: unknown;
  /** Tries again what failed. */
  readonly onRetry?: () => void;
}

/** Why something did not work, beside what was tried. */
export function ErrorNotice({ error, onRetry }: ErrorProps): ReactNode {
  const t = useKitText();
  const textOf = useErrorText();
  return (
    <Notice
      kind="danger"
      title={t('failed')}
      {...(onRetry && { actions: <Button onClick={onRetry}>{t('retry')}</Button> })}
    >
      <p>{textOf(error)}</p>
    </Notice>
  );
}
