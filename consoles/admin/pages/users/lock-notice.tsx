import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';
import { useUserApi, useUserDeed } from './use-user.js';
import type { User } from './user-representation.js';

/** Failed logins of a user. `lastFailure` is in milliseconds, `failedLoginNotBefore` in seconds. */
interface LockStatus {
  /** Nobody can sign in as the user now. */
  readonly disabled: boolean;
  readonly numFailures: number;
  readonly failedLoginNotBefore: number;
  readonly lastFailure: number;
  readonly lastIPFailure: string;
}

/** Says that the user is locked after too many wrong passwords, until when, and lets them in again; nothing otherwise. */
export function LockNotice({ user }: { readonly user: User }): ReactNode {
  const t = useText();
  const realmApi = useRealmApi();
  const userApi = useUserApi();
  const realm = useRealmName();
  const manages = useMay()('manage-users');
  const path = `/attack-detection/brute-force/users/${encodeURIComponent(user.id)}`;
  const lock = useQuery({
    queryKey: ['users', realm, user.id, 'lock'],
    queryFn: ({ signal }) => realmApi.get<LockStatus>(path, {}, signal),
  });
  const unlock = useUserDeed(
    async () => {
      await realmApi.delete(path);
      // A lock for good switched the account off, too.
      const { userProfileMetadata: _form, ...body } = user;
      if (!user.enabled) await userApi.put('', { ...body, enabled: true });
    },
    t('lock.ended', { name: user.username }),
  );
  if (!lock.data?.disabled) return null;
  const { numFailures, failedLoginNotBefore, lastFailure, lastIPFailure } = lock.data;
  return (
    <>
      <Notice
        kind="warning"
        title={t('lock.title', { count: numFailures })}
        actions={
          manages && (
            <Button busy={unlock.isPending} onClick={() => unlock.mutate(undefined)}>
              {t('lock.end')}
            </Button>
          )
        }
      >
        <p>
          {user.enabled ? (
            <>
              {t('lock.until')} <DateTime at={failedLoginNotBefore * 1000} />.
            </>
          ) : (
            t('lock.forGood')
          )}
        </p>
        {lastFailure > 0 && (
          <p>
            {t('lock.last', { address: lastIPFailure })} <DateTime at={lastFailure} />
          </p>
        )}
      </Notice>
      {unlock.error && <ErrorNotice error={unlock.error} />}
    </>
  );
}
