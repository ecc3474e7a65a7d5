/** A mailbox, with the name a mail program shows. Both are free of line breaks. */
export interface Mailbox {
  readonly address: string;
  readonly name?: string;
}

/** Characters that end a header line, and other control characters. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]+/g;
/** One plain address (RFC 5321 section 4.1.2 without quoted local parts): nothing in it can begin a second one. */
const ADDRESS = /^[^\s@<>()[\],;:\\"]{1,64}@[^\s@<>()[\],;:\\"]{1,190}$/u;

/** Whether a text is one mail address, and nothing more. */
export const isMailAddress = (text: string): boolean => ADDRESS.test(text) && text.search(CONTROL) < 0;

/** A text for a header: names and subjects come from administrators and users, and must not begin a header of their own. */
export const headerText = (text: string): string => text.replaceAll(CONTROL, ' ').trim();
