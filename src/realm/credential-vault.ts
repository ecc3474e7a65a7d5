import { newId } from '../shared/secrets.js';
import type { Sealer } from '../shared/sealer.js';
import type { Credential } from './user.js';

/** A credential before it is stored: no id yet, the secret in the open. */
export type NewCredential = Omit<Credential, 'id' | 'sealedSecret'> & { readonly secret: string };

/** Turns credentials into rows and back. The secret is sealed for the id of its row: moved to another row it does not open. */
export class CredentialVault {
  constructor(private readonly sealer: Sealer) {}

  /** The row, under a new id unless one is given. */
  seal({ secret, ...members }: NewCredential, id = newId()): Credential {
    return { ...members, id, sealedSecret: this.sealer.seal(secret, id) };
  }

  /** The secret of a row. @throws AppError `unsealing_failed` */
  open(credential: Credential): string {
    return this.sealer.open(credential.sealedSecret, credential.id);
  }
}
