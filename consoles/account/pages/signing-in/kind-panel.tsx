import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Facts, Panel } from '../../../kit/layout/panel.js';
import { Muted } from '../../../kit/layout/stack.js';
import { useSession } from '../../../kit/shell/session-provider.js';
import { useAccount } from '../../account-context.js';
import { GraveDialog } from '../../grave-dialog.js';
import type { Credential, CredentialKind } from './credential-kind.js';
import { CredentialTable, SetAt, type Deed } from './credential-table.js';
import { useText } from './messages/use-text.js';
import { RenameDialog } from './rename-dialog.js';

/** Credentials of one kind. */
export function KindPanel({ kind }: { readonly kind: CredentialKind }): ReactNode {
  const t = useText();
  const { api } = useAccount();
  const session = useSession();
  const cache = useQueryClient();
  const toast = useToast();
  const [deed, setDeed] = useState<Deed>();
  const { type, removeable } = kind;
  const isPassword = type === 'password';
  const title = isPassword ? t('password') : type === 'otp' ? t('otp') : type;
  const credentials = kind.userCredentialMetadatas.map(({ credential }) => credential);
  const nameOf = ({ userLabel }: Credential): string => userLabel || title;
  const close = (): void => setDeed(undefined);
  const remove = async (credential: Credential): Promise<void> => {
    await api.delete(`/credentials/${encodeURIComponent(credential.id)}`);
    await cache.invalidateQueries({ queryKey: ['credentials'] });
    toast(t('removed', { name: nameOf(credential) }));
  };
  const empty = t(isPassword ? 'noPassword' : type === 'otp' ? 'noOtp' : 'none');
  const action = kind.updateAction ?? kind.createAction;
  const verb = isPassword
    ? t(kind.updateAction === undefined ? 'setPassword' : 'changePassword')
    : t(type === 'otp' ? 'addOtp' : 'add');
  return (
    <Panel
      title={title}
      {...(isPassword && { description: t('passwordAbout') })}
      {...(type === 'otp' && { description: t('otpAbout') })}
      actions={action !== undefined && <Button onClick={() => void session.perform(action)}>{verb}</Button>}
    >
      {removeable ? (
        <CredentialTable title={title} credentials={credentials} nameOf={nameOf} empty={empty} onDeed={setDeed} />
      ) : credentials.length === 0 ? (
        <Muted>{empty}</Muted>
      ) : (
        <Facts facts={credentials.map((credential) => [t('changed'), <SetAt credential={credential} />])} />
      )}
      {deed?.verb === 'remove' && (
        <GraveDialog
          title={t('removeNamed', { name: nameOf(deed.credential) })}
          action={t('remove')}
          onConfirm={() => remove(deed.credential)}
          onClose={close}
        >
          {t('removeAbout', { name: nameOf(deed.credential) })}
        </GraveDialog>
      )}
      {deed?.verb === 'rename' && <RenameDialog credential={deed.credential} onClose={close} />}
    </Panel>
  );
}
