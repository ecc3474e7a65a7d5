import type { Message } from '../engine/index.js';
import type { Json, JsonObject } from '../shared/json.js';
import type { Messages } from './messages.js';
import type { PageModel } from './page-model.js';
import { qrCode, type QrCode } from './qr-code.js';

/** The message of a page in words. */
export interface Notice {
  readonly kind: 'error' | 'info' | 'warning' | 'success';
  readonly text: string;
}

/** Addresses of the files that every page links to. */
export interface PageFiles {
  readonly stylesheet: string;
  /** A theme's own mark; undefined for the server's. */
  readonly logo: string | undefined;
}

/**
 * What a template sees of a page, as `it.page`: the model, its words in the page's language, and the two decisions that
 * span a whole page: where its message is shown and which field has the focus. Made for one rendering.
 */
export class PageView {
  readonly notice: Notice | undefined;
  readonly stylesheet: string;
  readonly logo: string | undefined;
  private noticeShown = false;
  private focusGiven = false;

  constructor(
    readonly model: PageModel,
    private readonly messages: Messages,
    files: PageFiles,
  ) {
    this.stylesheet = files.stylesheet;
    this.logo = files.logo;
    const { message, locale, texts } = model;
    this.notice = message && { kind: message.kind, text: messages.text(locale, message, texts) };
  }

  /** The words of a message key. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string {
    return this.say(values === undefined ? { key } : { key, values });
  }

  /** The words an admin wrote; a message key among them is translated. */
  adminText(text: string): string {
    return this.say({ key: '', text });
  }

  /** The words of a key, or `otherwise` where it has none. */
  textOr(key: string, otherwise: string): string {
    return this.messages.has(this.model.locale, key, this.model.texts) ? this.text(key) : otherwise;
  }

  private say(message: Message): string {
    return this.messages.text(this.model.locale, message, this.model.texts);
  }

  /** The error to show at a field, if the page's message is about it; it is then not shown at the top. */
  errorAt(field: string): string | undefined {
    if (this.notice?.kind !== 'error' || this.model.field !== field) return undefined;
    this.noticeShown = true;
    return this.notice.text;
  }

  /** True when the page's error is about one of the fields (and shown elsewhere). */
  isWrong(...fields: readonly string[]): boolean {
    return this.notice?.kind === 'error' && this.model.field !== undefined && fields.includes(this.model.field);
  }

  /** The message for the top of the page; undefined when a field shows it. Ask after the fields are drawn. */
  topNotice(): Notice | undefined {
    return this.noticeShown ? undefined : this.notice;
  }

  /** True once: for the first field that is wrong or still empty, where typing begins. */
  takeFocus(wrong: boolean, value: string): boolean {
    if (this.focusGiven || (!wrong && value !== '')) return false;
    this.focusGiven = true;
    return true;
  }

  /** A text of the page's data; empty when there is none. */
  string(name: string): string {
    const value = this.model.data[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  /** True only for a `true` in the page's data. */
  flag(name: string): boolean {
    return this.model.data[name] === true;
  }

  /** A list of the page's data; empty when there is none. */
  list(name: string): readonly Json[] {
    const value = this.model.data[name];
    return Array.isArray(value) ? (value as readonly Json[]) : [];
  }

  /** Names and texts of an object of the page's data, in its order. */
  entries(name: string): readonly (readonly [string, string])[] {
    const value = this.model.data[name];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return Object.entries(value as JsonObject).map(([key, text]) => [
      key,
      typeof text === 'string' ? text : JSON.stringify(text),
    ]);
  }

  /** A QR code as an SVG path. */
  qrCode(text: string): QrCode {
    return qrCode(text);
  }
}
