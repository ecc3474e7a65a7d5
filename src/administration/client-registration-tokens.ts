import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import type { JsonObject } from '../shared/json.js';
import { newId } from '../shared/secrets.js';
import type { RealmJwt } from '../tokens/jwt.js';
import type { ClientAdministration } from './client-administration.js';

/** Claim `typ` of the tokens by which a client's registration may be read and changed (RFC 7592 section 2). */
const TYPE = 'RegistrationAccessToken';

/** Tokens by which applications look after their own registration. A client has one at most: the newest. */
export class ClientRegistrationTokens {
  constructor(
    private readonly clients: ClientAdministration,
    private readonly jwt: RealmJwt,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the client a new token; the one before is over.
   * @param issuer of the realm
   * @returns the client with its `registrationAccessToken`
   * @throws NotFoundError `client_unknown`
   */
  async renew(realm: Realm, id: string, issuer: string): Promise<JsonObject> {
    const key = await this.jwt.refreshKey(realm);
    const registrationTokenId = newId();
    const [, client] = await this.clients.change(realm, id, (current) => ({ ...current, registrationTokenId }));
    const [representation = {}] = await this.clients.represent(realm, [client], true);
    return {
      ...representation,
      registrationAccessToken: this.jwt.sign(key, {
        iat: this.clock.seconds(),
        jti: registrationTokenId,
        iss: issuer,
        aud: issuer,
        typ: TYPE,
        registration_auth: 'authenticated',
      }),
    };
  }
}
