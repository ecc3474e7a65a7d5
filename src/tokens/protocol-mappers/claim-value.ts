import type { Json } from '../../shared/json.js';
import type { ClaimsDraft } from '../claims-draft.js';
import { isOn, type MapperConfig } from './token-mapper.js';

/**
 * Names of a `claim.name` from the outside in: dots nest, `\.` is a dot in a name. `${client_id}` is filled in after splitting, so
 * that dots in a client's name do not nest.
 */
export function claimPath(config: MapperConfig, clientId?: string): string[] {
  return (config['claim.name'] ?? '')
    .split(/(?<!\\)\./)
    .map((name) => name.replaceAll('\\.', '.').replaceAll('${client_id}', () => clientId ?? '${client_id}'))
    .filter((name) => name !== '');
}

/** One value in the type of `jsonType.label`; undefined when it cannot be read as that type. */
export function convert(text: string, type: string | undefined): Json | undefined {
  switch (type) {
    case 'boolean':
      return text.trim().toLowerCase() === 'true';
    case 'int':
    case 'long': {
      const number = Number(text);
      return text.trim() !== '' && Number.isSafeInteger(number) ? number : undefined;
    }
    case 'JSON':
      return parse(text);
    default:
      return text;
  }
}

/**
 * Writes values under the mapper's `claim.name`: all of them when it is `multivalued`, the first otherwise; nothing when there are
 * none.
 */
export function writeClaim(
  draft: ClaimsDraft,
  config: MapperConfig,
  values: readonly string[],
  clientId?: string,
): void {
  const converted = values
    .map((value) => convert(value, config['jsonType.label']))
    .filter((value) => value !== undefined);
  const [first] = converted;
  if (first === undefined) return;
  draft.set(claimPath(config, clientId), isOn(config, 'multivalued') ? converted : first);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
