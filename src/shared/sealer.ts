/**
 * Seals secrets at rest (private keys, client secrets, TOTP keys) and state carried by a browser.
 * Authenticated encryption: a sealed text opens only with the same key and the same `context`.
 */
export abstract class Sealer {
  /** @param context associated data: what the secret belongs to (a row id), so that it cannot be moved elsewhere. */
  abstract seal(plain: string, context: string): string;

  /** @throws AppError `unsealing_failed` when the text was altered, moved, or sealed with another key. */
  abstract open(sealed: string, context: string): string;
}
