import { AppError } from '../shared/errors.js';

/** An answer of RFC 6749 section 5.2 (and of Keycloak where it has words of its own). Thrown by doors only. */
export class OAuthError extends AppError {
  /**
   * @param status HTTP status
   * @param error the `error` member
   * @param description the `error_description` member; left out of the answer when undefined
   */
  constructor(
    readonly status: number,
    readonly error: string,
    readonly description?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(error, description ?? error);
  }
}

export const invalidRequest = (description: string): OAuthError => new OAuthError(400, 'invalid_request', description);
export const invalidGrant = (description: string): OAuthError => new OAuthError(400, 'invalid_grant', description);
