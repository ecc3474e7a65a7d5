/** Access tokens revoked one by one (RFC 7009), kept until they would have expired anyway. */
export abstract class RevokedTokenStore {
  /** @param expiresAt milliseconds */
  abstract add(realmId: string, jti: string, expiresAt: number): Promise<void>;
  /** True while the revocation is kept. */
  abstract has(realmId: string, jti: string): Promise<boolean>;
  /** Deletes those whose tokens expired before `before` (ms), at most `limit`; gives how many went. */
  abstract expire(before: number, limit: number): Promise<number>;
}
