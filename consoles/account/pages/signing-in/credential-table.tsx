import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Table } from '../../../kit/data/table.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Muted } from '../../../kit/layout/stack.js';
import type { Credential } from './credential-kind.js';
import { useText } from './messages/use-text.js';

/** What a person wants to do with a credential. */
export interface Deed {
  readonly verb: 'remove' | 'rename';
  readonly credential: Credential;
}

interface CredentialTableProps {
  /** What kind they are of. */
  readonly title: string;
  readonly credentials: readonly Credential[];
  readonly nameOf: (credential: Credential) => string;
  /** In place of none. */
  readonly empty: string;
  readonly onDeed: (deed: Deed) => void;
}

/** Credentials that a person can have several of, and take away. */
export function CredentialTable({ title, credentials, nameOf, empty, onDeed }: CredentialTableProps): ReactNode {
  const t = useText();
  return (
    <Table
      label={title}
      rows={credentials}
      idOf={({ id }) => id}
      nameOf={nameOf}
      empty={<Muted>{empty}</Muted>}
      columns={[
        { id: 'name', label: t('name'), cell: nameOf },
        { id: 'set', label: t('set'), cell: (credential) => <SetAt credential={credential} /> },
        {
          id: 'deeds',
          label: t('change'),
          actions: true,
          cell: (credential) => (
            <>
              <Button
                look="quiet"
                aria-label={t('renameNamed', { name: nameOf(credential) })}
                onClick={() => onDeed({ verb: 'rename', credential })}
              >
                {t('rename')}
              </Button>
              <Button
                look="quiet"
                aria-label={t('removeNamed', { name: nameOf(credential) })}
                onClick={() => onDeed({ verb: 'remove', credential })}
              >
                {t('remove')}
              </Button>
            </>
          ),
        },
      ]}
    />
  );
}

/** When a credential was made, where that is known. */
export function SetAt({ credential: { createdDate } }: { readonly credential: Credential }): ReactNode {
  const t = useText();
  return createdDate === undefined ? t('unknown') : <DateTime at={createdDate} />;
}
