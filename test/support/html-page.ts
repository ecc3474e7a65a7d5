/** A form of a page that posts. */
export interface HtmlForm {
  readonly action: string;
  /** Its hidden fields. */
  readonly hidden: Readonly<Record<string, string>>;
  /** Names of all its fields and buttons. */
  readonly names: readonly string[];
}

/** A page of the server as a test reads it. The markup is our own and well-formed, so a few patterns do. */
export class HtmlPage {
  constructor(readonly html: string) {}

  get title(): string {
    return unescapeHtml(/<title>([^<]*)<\/title>/.exec(this.html)?.[1] ?? '');
  }

  get language(): string | undefined {
    return /<html lang="([^"]*)"/.exec(this.html)?.[1];
  }

  /** What a person reads, on one line. */
  get text(): string {
    const body = this.html.replace(/<(head|style|script|svg)\b.*?<\/\1>/gs, ' ');
    return unescapeHtml(body.replaceAll(/<[^>]*>/g, ' '))
      .replaceAll(/\s+/g, ' ')
      .trim();
  }

  /** The form in the page's main part. @throws Error when there is none */
  get form(): HtmlForm {
    const found = /<form method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/s.exec(this.html);
    if (!found) throw new Error(`There is no form on the page "${this.title}": ${this.text.slice(0, 300)}`);
    const [, action = '', inside = ''] = found;
    const fields = [...inside.matchAll(/<(?:input|button)\b[^>]*>/g)].map(([tag]) => attributesOf(tag));
    const hidden = fields
      .filter(({ type }) => type === 'hidden')
      .map(({ name = '', value = '' }) => [name, value] as const);
    return {
      action: unescapeHtml(action),
      hidden: Object.fromEntries(hidden),
      names: fields.flatMap(({ name }) => (name === undefined ? [] : [name])),
    };
  }

  /** Attributes of a field. */
  field(name: string): Readonly<Record<string, string>> | undefined {
    return [...this.html.matchAll(/<(?:input|button)\b[^>]*>/g)]
      .map(([tag]) => attributesOf(tag))
      .find((field) => field['name'] === name);
  }

  /** Address of the link whose text begins so. @throws Error when there is none */
  link(text: string): string {
    for (const [, attributes = '', label = ''] of this.html.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gs)) {
      if (unescapeHtml(label).trim().startsWith(text)) return attributesOf(attributes)['href'] ?? '';
    }
    throw new Error(`There is no link "${text}" on the page "${this.title}"`);
  }

  /** Buttons of the page by their text. */
  buttons(name: string): Readonly<Record<string, string>> {
    const buttons = [...this.html.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gs)];
    const named = buttons.filter(([, attributes = '']) => attributesOf(attributes)['name'] === name);
    return Object.fromEntries(
      named.map(([, attributes = '', label = '']) => [
        unescapeHtml(label).trim(),
        attributesOf(attributes)['value'] ?? '',
      ]),
    );
  }
}

function attributesOf(tag: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...tag.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)]
      .slice(tag.startsWith('<') ? 1 : 0)
      .map(([, name = '', value = '']) => [name, unescapeHtml(value)]),
  );
}

/** The characters that templates escape. */
const unescapeHtml = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
