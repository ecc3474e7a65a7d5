/** Characters that no header can carry. */
const OUTSIDE = /[^\x20-\x7e]+/g;

/**
 * A text as a header can carry it: other characters are percent-encoded, as in addresses (RFC 3987 section 3.1). Texts of requests and
 * of administrators may have any.
 */
export const headerText = (text: string): string =>
  text.replace(OUTSIDE, (run) => encodeURIComponent(Buffer.from(run).toString()));

/** The parameter `realm` of a challenge (RFC 9110 section 11.5). */
export const realmParameter = (name: string): string => `realm="${headerText(name).replace(/["\\]/g, '\\$&')}"`;
