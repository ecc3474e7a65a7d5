import type { Client } from '../realm/client.js';
import { MASK, maskSecrets, openSecrets } from '../representations/kept-secrets.js';
import type { JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import type { RealmKey } from '../tokens/signing-key.js';

/** How an export writes secrets. */
export interface ExportSecrets {
  client(client: Client): string | undefined;
  /** Data that is only kept, with secrets sealed within. @param context as they were sealed for */
  kept(data: JsonObject, context: string): JsonObject;
  /** Undefined: the key is not told. */
  key(key: RealmKey): string | undefined;
}

/** In the clear: for files that only their owner can read. */
export const openedSecrets = (sealer: Sealer): ExportSecrets => ({
  client: ({ id, sealedSecret }) => (sealedSecret === undefined ? undefined : sealer.open(sealedSecret, id)),
  kept: (data, context) => openSecrets(data, sealer, context),
  key: ({ id, sealedPrivate }) => sealer.open(sealedPrivate, id),
});

/** Ten asterisks for each: whoever imports them over what they were exported from keeps it. */
export const MASKED_SECRETS: ExportSecrets = {
  client: ({ sealedSecret }) => (sealedSecret === undefined ? undefined : MASK),
  kept: maskSecrets,
  key: () => undefined,
};
