import type { CredentialAdministration } from '../administration/credential-administration.js';
import { administrationErrors } from '../administration/administration-errors.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { Credential } from '../realm/user.js';
import { InvalidInputError } from '../shared/errors.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { AccountCaller } from './account-caller.js';
import { CREDENTIAL_KINDS } from './credential-kinds.js';

/** What a person can prove, as that person sees and arranges it. */
export class OwnCredentials {
  constructor(
    private readonly credentials: CredentialAdministration,
    private readonly recorder: EventRecorder,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  list({ realm, user }: AccountCaller): Promise<readonly Credential[]> {
    return this.credentials.list(realm, user.id);
  }

  /** Whether a login can be sent to do this. */
  offers({ realm }: AccountCaller, action: string | undefined): boolean {
    return realm.requiredActions.some(({ alias, enabled }) => enabled && alias === action);
  }

  /** @throws NotFoundError `credential_unknown` @throws InvalidInputError `credential_kept` for one that may only be replaced */
  async remove(caller: AccountCaller, id: string): Promise<void> {
    const { realm, user, client, ipAddress } = caller;
    const credential = await this.find(caller, id);
    const kind = CREDENTIAL_KINDS.find(({ type }) => type === credential.type);
    if (kind?.removeable !== true)
      throw new InvalidInputError('credential_kept', `Credential type ${credential.type} cannot be removed`);
    await this.unitOfWork.run(async () => {
      await this.credentials.delete(realm, user.id, id);
      await this.recorder.record(
        { ...realm.settings, id: realm.id },
        {
          type: 'REMOVE_CREDENTIAL',
          clientId: client.clientId,
          userId: user.id,
          ipAddress,
          details: { credential_type: credential.type, credential_id: id },
        },
      );
    });
  }

  /** @throws NotFoundError `credential_unknown` @throws InvalidInputError `credential_label` */
  async label(caller: AccountCaller, id: string, label: string): Promise<void> {
    await this.find(caller, id);
    await this.credentials.label(caller.realm, caller.user.id, id, label);
  }

  private async find(caller: AccountCaller, id: string): Promise<Credential> {
    const credential = (await this.list(caller)).find((each) => each.id === id);
    if (!credential) throw administrationErrors.credentialUnknown();
    return credential;
  }
}
