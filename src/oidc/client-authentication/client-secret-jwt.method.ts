import { createSecretKey } from 'node:crypto';
import type { Sealer } from '../../shared/sealer.js';
import { verifySignature } from '../../tokens/jws.js';
import { SIGNATURE_ALGORITHMS } from '../../tokens/signature-algorithms.js';
import { refuseAssertion, type ClientAssertions } from './client-assertions.js';
import type { ClientAttempt, ClientMethod } from './client-method.js';
import { refuseClient, type ClientRefusal } from './client-refusal.js';

/** With the two spaces that the reference has there. */
const BAD_SIGNATURE =
  'Client authentication with client secret signed JWT failed: Signature on JWT token by client secret  failed validation';

/** `client_secret_jwt` (OpenID Connect Core section 9): an assertion with an HMAC whose key is the client's secret. */
export class ClientSecretJwtMethod implements ClientMethod {
  readonly id = 'client-secret-jwt';

  constructor(
    private readonly assertions: ClientAssertions,
    private readonly sealer: Sealer,
  ) {}

  async check(attempt: ClientAttempt): Promise<ClientRefusal | undefined> {
    const { client } = attempt;
    const jws = this.assertions.read(attempt);
    if ('kind' in jws) return jws;
    const { algorithm } = jws;
    const secret = client.sealedSecret === undefined ? '' : this.sealer.open(client.sealedSecret, client.id);
    if (secret === '') return refuseClient('invalid_client_credentials');
    const right =
      SIGNATURE_ALGORITHMS.get(algorithm)?.kind === 'hmac' &&
      verifySignature(jws, { algorithm, publicKey: createSecretKey(secret, 'utf8') });
    return right ? this.assertions.accept(attempt, jws) : refuseAssertion(BAD_SIGNATURE, 'unauthorized_client');
  }
}
