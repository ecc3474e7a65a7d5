/** Access tokens revoked one by one (RFC 7009), kept until they would have expired anyway; `AccessTokenRecords` knows them. */
export abstract class RevokedTokenStore {
  /** @param expiresAt milliseconds */
  abstract add(realmId: string, jti: string, expiresAt: number): Promise<void>;
  /** Deletes those whose tokens expired before `before` (ms), at most `limit`; gives how many went. */
  abstract expire(before: number, limit: number): Promise<number>;
}
