/** Where something stands in a JSON text; both start at 1. Columns count bytes, as Jackson's do. */
export interface JsonPosition {
  readonly line: number;
  readonly column: number;
}

/** Path into a JSON value: member names and list indexes. */
export type JsonPath = readonly (string | number)[];

/**
 * Finds the position that Keycloak's parser reports for a member it does not know: just after the first token of the member's
 * value (the opening quote, bracket or brace; the whole of a number or a word).
 * @returns undefined when the text has no such member. The text must be valid JSON.
 */
export function positionOfMember(text: string, path: JsonPath): JsonPosition | undefined {
  const offset = new Scanner(text).find(path);
  return offset === undefined ? undefined : positionAt(text, offset);
}

/** Line and column of a character offset. */
export function positionAt(text: string, offset: number): JsonPosition {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: Buffer.byteLength(before.slice(lineStart)) + 1 };
}

/** Space, or what stands between values. */
const MARK = /[\s,:{}[\]]/;

class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Offset after the first token of the value at the path. */
  find(path: JsonPath): number | undefined {
    for (const [depth, step] of path.entries()) {
      this.space();
      const found = typeof step === 'number' ? this.enterItem(step) : this.enterMember(step);
      if (!found) return undefined;
      if (depth === path.length - 1) return this.endOfFirstToken();
    }
    return undefined;
  }

  /** Stands at the value of the last member of that name (a later one wins, as for JSON.parse). */
  private enterMember(name: string): boolean {
    if (this.text[this.at] !== '{') return false;
    let found: number | undefined;
    this.at++;
    this.space();
    while (this.text[this.at] === '"') {
      const key: unknown = JSON.parse(this.takeString());
      this.space();
      this.at++; // the colon
      this.space();
      if (key === name) found = this.at;
      this.skipValue();
      this.space();
      if (this.text[this.at] === ',') this.at++;
      this.space();
    }
    if (found !== undefined) this.at = found;
    return found !== undefined;
  }

  private enterItem(index: number): boolean {
    if (this.text[this.at] !== '[') return false;
    this.at++;
    this.space();
    for (let passed = 0; this.at < this.text.length && this.text[this.at] !== ']'; passed++) {
      if (passed === index) return true;
      this.skipValue();
      this.space();
      if (this.text[this.at] === ',') this.at++;
      this.space();
    }
    return false;
  }

  private endOfFirstToken(): number {
    if ('"[{'.includes(this.text[this.at] ?? '')) return this.at + 1;
    this.skipValue();
    return this.at;
  }

  private skipValue(): void {
    let depth = 0;
    do {
      const char = this.text[this.at] ?? '';
      if (char === '"') {
        this.takeString();
        continue;
      }
      if (char === '{' || char === '[') depth++;
      if (char === '}' || char === ']') depth--;
      if (MARK.test(char)) this.at++;
      else this.takeWord();
    } while (depth > 0 && this.at < this.text.length);
  }

  /** A number, true, false or null. */
  private takeWord(): void {
    while (this.at < this.text.length && !MARK.test(this.text[this.at] ?? '')) this.at++;
  }

  private takeString(): string {
    const start = this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at++;
    return this.text.slice(start, this.at);
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }
}
