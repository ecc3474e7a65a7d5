import { parseDocument } from 'yaml';
import { positionAt } from '../representations/json-position.js';
import { offsetOfSyntaxError } from '../representations/json-syntax.js';
import type { Json } from '../shared/json.js';
import type { FileFormat } from './realm-file-text.js';

export type ParsedText = { readonly value: Json } | { readonly problem: string; readonly cause: unknown };

/** Reads the text of a realm file; what is wrong with it is told with its place. Never throws. */
export function parseRealmText(text: string, format: FileFormat): ParsedText {
  return format === 'yaml' ? parseYaml(text) : parseJson(text);
}

function parseJson(text: string): ParsedText {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (cause) {
    const { line, column } = positionAt(text, offsetOfSyntaxError(text) ?? text.length);
    return { problem: `line ${String(line)} column ${String(column)}: this is not valid JSON`, cause };
  }
}

/** The plain schema of YAML 1.2: no dates and no types of its own, so that it can say what JSON can. */
function parseYaml(text: string): ParsedText {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true });
  const [error] = document.errors;
  const place = error?.linePos?.[0];
  if (error) {
    const at = place ? `line ${String(place.line)} column ${String(place.col)}: ` : '';
    return { problem: `${at}this is not valid YAML`, cause: error };
  }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as Json };
  } catch (cause) {
    return { problem: 'this YAML repeats itself without end', cause };
  }
}
