import type { OidcAudit } from '../audit.js';
import { OAuthError } from '../oauth-error.js';
import type { Grant, GrantRequest } from './grant.js';

/** Why a grant gives nothing: for the application, and for the audit trail. */
export interface GrantRefusal {
  /** Keycloak's error of the audit event. */
  readonly event: string;
  /** Sentence of the reference; also the reason in the audit trail. */
  readonly description: string;
  /** Error code of the answer; `invalid_grant` unless given. */
  readonly error?: string;
  /** HTTP status; 400 unless given. */
  readonly status?: number;
}

/** The scope parameter names something that the client does not have. */
export const invalidScope = (scope = ''): GrantRefusal => ({
  event: 'invalid_request',
  error: 'invalid_scope',
  description: `Invalid scopes: ${scope}`,
});

/** Offline access is a role: the user has to have it, and the client to be allowed to carry it. */
export const OFFLINE_NOT_ALLOWED: GrantRefusal = {
  event: 'not_allowed',
  error: 'not_allowed',
  description: 'Offline tokens not allowed for the user or client',
};

/** What else the audit trail tells of a refusal. */
export interface RefusedSubject {
  readonly userId?: string;
  readonly sessionId?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** Writes the audit event of a refusal and gives the error to throw. */
export async function refuseGrant(
  audit: OidcAudit,
  grant: Pick<Grant, 'type' | 'event'>,
  { realm, client, remoteAddress }: GrantRequest,
  { event, description, error = 'invalid_grant', status = 400 }: GrantRefusal,
  { details, ...subject }: RefusedSubject = {},
): Promise<OAuthError> {
  await audit.failed(grant.event, event, {
    realm,
    clientId: client.clientId,
    ipAddress: remoteAddress,
    ...subject,
    details: { ...details, grant_type: grant.type, reason: description },
  });
  return new OAuthError(status, error, description);
}
