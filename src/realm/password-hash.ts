import { isHashAlgorithm, type HashAlgorithm } from './password-policy.js';

/** A password as it is stored: Keycloak's `credentialData` and `secretData`, both JSON texts. */
export interface HashedPassword {
  readonly data: string;
  readonly secret: string;
}

/** A stored password taken apart. */
export interface PasswordHash {
  readonly algorithm: HashAlgorithm;
  readonly iterations: number;
  /** Argon2 only: `hashLength`, `memory` (KiB), `type`, `version`, `parallelism`, each a list of one text. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly value: Buffer;
  readonly salt: Buffer;
}

/** Below this a stored value is damaged: an empty one would match every password. */
const SHORTEST_VALUE = 16;
/** The shortest salt that Argon2 takes (RFC 9106, section 3.1). */
const SHORTEST_SALT = 8;

export function writePasswordHash(hash: PasswordHash): HashedPassword {
  return {
    data: JSON.stringify({
      hashIterations: hash.iterations,
      algorithm: hash.algorithm,
      additionalParameters: hash.parameters,
    }),
    secret: JSON.stringify({
      value: hash.value.toString('base64'),
      salt: hash.salt.toString('base64'),
      additionalParameters: {},
    }),
  };
}

/** Undefined when this server cannot verify it: an algorithm of an extension, or damaged texts. */
export function readPasswordHash(stored: HashedPassword): PasswordHash | undefined {
  const data = parseObject(stored.data);
  const secret = parseObject(stored.secret);
  const algorithm = data?.['algorithm'];
  const iterations = data?.['hashIterations'];
  if (
    !isHashAlgorithm(algorithm) ||
    typeof iterations !== 'number' ||
    !Number.isInteger(iterations) ||
    iterations < 1
  ) {
    return undefined;
  }
  const value = decode(secret?.['value']);
  const salt = decode(secret?.['salt']);
  if (value.length < SHORTEST_VALUE || salt.length < SHORTEST_SALT) return undefined;
  return { algorithm, iterations, parameters: readParameters(data?.['additionalParameters']), value, salt };
}

function decode(text: unknown): Buffer {
  return typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.alloc(0);
}

function readParameters(value: unknown): Record<string, readonly string[]> {
  if (typeof value !== 'object' || value === null) return {};
  const lists = Object.entries(value).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]));
  return Object.fromEntries(lists.map(([name, list]) => [name, list.map(String)]));
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
