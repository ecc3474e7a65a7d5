import type { ReactNode } from 'react';
import { Notice } from '../../../kit/feedback/notice.js';
import { useText } from './messages/use-text.js';

/** Addresses that took what was sent to them, and those that did not. */
export interface PushResult {
  readonly successRequests?: readonly string[];
  readonly failedRequests?: readonly string[];
}

/** Who was reached, and who was not. */
export function PushReport({ result }: { readonly result: PushResult | undefined }): ReactNode {
  const t = useText();
  const { successRequests = [], failedRequests = [] } = result ?? {};
  return (
    <>
      {successRequests.length > 0 && (
        <Notice kind="success" title={t('push.reached', { count: successRequests.length })}>
          {successRequests.join(', ')}
        </Notice>
      )}
      {failedRequests.length > 0 && (
        <Notice kind="warning" title={t('push.failed', { count: failedRequests.length })}>
          {failedRequests.join(', ')}
        </Notice>
      )}
      {successRequests.length + failedRequests.length === 0 && <Notice>{t('push.nobody')}</Notice>}
    </>
  );
}
