const SPACE = /[ \t\r\n]*/y;

const SCALAR =
  // eslint-disable-next-line no-control-regex -- JSON forbids bare control characters in strings
  /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

/**
 * Where a text stops being JSON (RFC 8259): the offset of the first token that does not belong there. JSON.parse does not tell.
 * @returns undefined for valid JSON
 */
export function offsetOfSyntaxError(text: string): number | undefined {
  const reader = new Reader(text);
  return reader.value() && reader.atEnd() ? undefined : reader.offset;
}

/** Each method moves on and answers true, or stays at what is wrong and answers false. */
class Reader {
  offset = 0;

  constructor(private readonly text: string) {}

  atEnd(): boolean {
    this.take(SPACE);
    return this.offset === this.text.length;
  }

  value(): boolean {
    this.take(SPACE);
    if (this.next('{')) return this.list('}', () => this.member());
    if (this.next('[')) return this.list(']', () => this.value());
    return this.take(SCALAR);
  }

  private member(): boolean {
    this.take(SPACE);
    return this.text[this.offset] === '"' && this.take(SCALAR) && this.next(':') && this.value();
  }

  private list(end: string, item: () => boolean): boolean {
    if (this.next(end)) return true;
    do if (!item()) return false;
    while (this.next(','));
    return this.next(end);
  }

  private next(mark: string): boolean {
    this.take(SPACE);
    if (this.text[this.offset] !== mark) return false;
    this.offset++;
    return true;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    if (!pattern.test(this.text)) return false;
    this.offset = pattern.lastIndex;
    return true;
  }
}
