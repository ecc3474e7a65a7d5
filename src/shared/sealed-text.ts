import type { Json } from './json.js';
import type { Sealer } from './sealer.js';

const SEALED = '$sealed';

/** A secret inside of kept JSON: the sealed text stands in the place of the text itself. */
export interface SealedText {
  readonly [SEALED]: string;
}

/** Seals a text to be kept in JSON. @param context as `Sealer.seal` */
export const sealText = (text: string, sealer: Sealer, context: string): SealedText => ({
  [SEALED]: sealer.seal(text, context),
});

/** Whether a value of kept JSON is a sealed text. */
export const isSealedText = (value: Json | undefined): value is { readonly [SEALED]: string } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  typeof (value as Readonly<Record<string, Json>>)[SEALED] === 'string';

/** The text of a sealed value, with the context it was sealed for. @throws AppError `unsealing_failed` */
export const openText = (value: SealedText, sealer: Sealer, context: string): string =>
  sealer.open(value[SEALED], context);
