/** One DER element: tag, length, content (X.690 section 8.1). */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const SEQUENCE = 0x30;
export const SET = 0x31;
/** `[0]`, around what it is said of. */
export const EXPLICIT_0 = 0xa0;

/** An object identifier by the hex of its content (X.690 section 8.19). */
export const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
