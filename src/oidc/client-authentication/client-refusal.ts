/** Why a client is not believed to be who it says. */
export interface ClientRefusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly error: string;
  readonly description: string;
  /** Error of the audit event. */
  readonly event:
    | 'client_not_found'
    | 'client_disabled'
    | 'client_credentials_setup_required'
    | 'invalid_client_credentials'
    | 'invalid_client';
  /** As claimed. */
  readonly clientId?: string;
  /** What else the audit event says. */
  readonly details?: Readonly<Record<string, string>>;
}

/** A refusal; 401 `invalid_client` with Keycloak's sentence unless told otherwise (engine reference 2.10). */
export const refuseClient = (
  event: ClientRefusal['event'],
  more: Partial<Omit<ClientRefusal, 'kind' | 'event'>> = {},
): ClientRefusal => ({
  kind: 'refused',
  status: 401,
  error: 'invalid_client',
  description: 'Invalid client or Invalid client credentials',
  event,
  ...more,
});
