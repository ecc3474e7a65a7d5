import type { ClientKeys } from '../../tokens/client-keys/client-keys.js';
import { verifySignature } from '../../tokens/jws.js';
import { SIGNATURE_ALGORITHMS } from '../../tokens/signature-algorithms.js';
import { refuseAssertion, type ClientAssertions } from './client-assertions.js';
import type { ClientAttempt, ClientMethod } from './client-method.js';
import { refuseClient, type ClientRefusal } from './client-refusal.js';

const BAD_SIGNATURE = 'Client authentication with signed JWT failed: Signature on JWT token failed validation';

/** `private_key_jwt` (OpenID Connect Core section 9): an assertion signed with a key whose public half the client registered. */
export class ClientJwtMethod implements ClientMethod {
  readonly id = 'client-jwt';

  constructor(
    private readonly assertions: ClientAssertions,
    private readonly keys: ClientKeys,
  ) {}

  async check(attempt: ClientAttempt): Promise<ClientRefusal | undefined> {
    const jws = this.assertions.read(attempt);
    if ('kind' in jws) return jws;
    const { algorithm } = jws;
    const kind = SIGNATURE_ALGORITHMS.get(algorithm)?.kind;
    // A public key is known to all: it must never serve as the secret of an HMAC.
    if (kind === undefined || kind === 'hmac') return refuseAssertion(BAD_SIGNATURE);
    const keys = await this.keys.candidates(attempt.client, attempt.from.base, jws);
    if (keys.length === 0)
      return refuseClient('client_credentials_setup_required', {
        status: 400,
        description: 'Unable to load public key',
      });
    return keys.some((publicKey) => verifySignature(jws, { algorithm, publicKey }))
      ? this.assertions.accept(attempt, jws)
      : refuseAssertion(BAD_SIGNATURE);
  }
}
