import type { EventKind } from '../../events/auth-events.js';
import type { OidcAudit } from '../audit.js';
import type { OAuthError } from '../oauth-error.js';
import { refuseGrant, type GrantRefusal } from './grant-refusal.js';
import type { Grant, GrantRequest } from './grant.js';

/** A grant that has to be allowed for each client, and is for none, as it is not built: answered like the reference with a client that may not. */
class UnavailableGrant implements Grant {
  constructor(
    readonly type: string,
    readonly event: EventKind,
    private readonly refusal: GrantRefusal,
    private readonly audit: OidcAudit,
  ) {}

  async handle(request: GrantRequest): Promise<never> {
    const refused: OAuthError = await refuseGrant(this.audit, this, request, this.refusal);
    throw refused;
  }
}

/** Token exchange (RFC 8693), the device flow (RFC 8628) and CIBA. The sentences are the reference's. */
export const unavailableGrants = (audit: OidcAudit): readonly Grant[] => [
  new UnavailableGrant(
    'urn:ietf:params:oauth:grant-type:token-exchange',
    'TOKEN_EXCHANGE',
    {
      event: 'not_allowed',
      error: 'invalid_request',
      description: 'Standard token exchange is not enabled for the requested client',
    },
    audit,
  ),
  new UnavailableGrant(
    'urn:ietf:params:oauth:grant-type:device_code',
    'OAUTH2_DEVICE_CODE_TO_TOKEN',
    { event: 'not_allowed', description: 'Client not allowed OAuth 2.0 Device Authorization Grant' },
    audit,
  ),
  new UnavailableGrant(
    'urn:openid:params:grant-type:ciba',
    'AUTHREQID_TO_TOKEN',
    { event: 'not_allowed', description: 'Client not allowed OIDC CIBA Grant' },
    audit,
  ),
];
