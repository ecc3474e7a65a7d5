import type { Sealer } from '../../shared/sealer.js';
import { constantTimeEquals } from '../../shared/secrets.js';
import type { ClientAttempt, ClientMethod } from './client-method.js';
import { refuseClient, type ClientRefusal } from './client-refusal.js';

/** `client_secret_basic` and `client_secret_post` (RFC 6749 section 2.3.1). */
export class ClientSecretMethod implements ClientMethod {
  readonly id = 'client-secret';

  constructor(private readonly sealer: Sealer) {}

  check({ client, presented: { secret } }: ClientAttempt): Promise<ClientRefusal | undefined> {
    if (client.sealedSecret === undefined) {
      const description = 'Client credentials setup required';
      return Promise.resolve(
        refuseClient('invalid_client_credentials', { status: 400, error: 'unauthorized_client', description }),
      );
    }
    const right = secret !== undefined && constantTimeEquals(secret, this.sealer.open(client.sealedSecret, client.id));
    return Promise.resolve(
      right ? undefined : refuseClient('invalid_client_credentials', { error: 'unauthorized_client' }),
    );
  }
}
