/** Access tokens revoked one by one (RFC 7009), kept until they would have expired anyway. */
export abstract class RevokedTokenStore {
  /** @param expiresAt milliseconds */
  abstract add(realmId: string, jti: string, expiresAt: number): Promise<void>;
  abstract has(realmId: string, jti: string): Promise<boolean>;
  abstract expire(before: number, limit: number): Promise<number>;
}
