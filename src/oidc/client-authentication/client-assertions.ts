import type { Clock } from '../../shared/clock.js';
import { hashSecret } from '../../shared/secrets.js';
import type { UnitOfWork } from '../../shared/unit-of-work.js';
import type { DecodedJws } from '../../tokens/jws.js';
import type { SingleUseStore } from '../../tokens/single-use.js';
import { checkAssertion, readAssertion } from './assertion-rules.js';
import type { ClientAttempt } from './client-method.js';
import { refuseClient, type ClientRefusal } from './client-refusal.js';

/** A refusal of an assertion. Not 401: Keycloak answers so where a client sent its credentials in the form. */
export const refuseAssertion = (description: string, error = 'invalid_client'): ClientRefusal =>
  refuseClient('invalid_client_credentials', { status: 400, error, description });

/** What both ways to sign an assertion have in common: everything but the key. */
export class ClientAssertions {
  constructor(
    private readonly singleUse: SingleUseStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Checks what can be told before the signature. */
  read({ presented, client }: ClientAttempt): DecodedJws | ClientRefusal {
    const read = readAssertion(presented, client);
    return 'problem' in read ? refuseAssertion(read.problem) : read.jws;
  }

  /** Checks what a signed assertion says, and uses it up: of parallel callers one gets through. */
  async accept({ realm, client, from }: ClientAttempt, jws: DecodedJws): Promise<ClientRefusal | undefined> {
    const checked = checkAssertion(jws, client, from.issuer, this.clock.seconds());
    if ('problem' in checked) return refuseAssertion(checked.problem);
    const name = `client-assertion:${hashSecret(JSON.stringify([client.id, checked.jti]))}`;
    const first = await this.unitOfWork.run(() =>
      this.singleUse.take(realm.id, name, this.clock.now(), checked.until * 1000),
    );
    return first ? undefined : refuseAssertion('Token reuse detected');
  }
}
