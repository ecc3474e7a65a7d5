import type { EventKind } from '../../events/auth-events.js';
import type { Client } from '../../realm/client.js';
import type { Realm } from '../../realm/realm.js';
import type { TokenBinding } from '../../tokens/token-binding.js';
import type { Issuer, TokenResponse } from '../../tokens/token-service.js';
import type { Parameters } from '../form-parameters.js';

/** A token request whose client is known. */
export interface GrantRequest {
  readonly realm: Realm;
  readonly client: Client;
  readonly form: Parameters;
  readonly from: Issuer;
  readonly remoteAddress: string;
  readonly userAgent: string;
  /** What the client showed that it holds, for its tokens to be bound to. */
  readonly binding?: TokenBinding;
}

/** The same for an order of tokens. */
export const boundAs = ({ binding }: GrantRequest): Pick<GrantRequest, 'binding'> => (binding ? { binding } : {});

/** One grant type of the token endpoint. */
export interface Grant {
  /** Value of `grant_type`. */
  readonly type: string;
  /** Kind of its audit events. */
  readonly event: EventKind;
  /** @throws OAuthError when nothing is granted; the event was written then */
  handle(request: GrantRequest): Promise<TokenResponse>;
}
