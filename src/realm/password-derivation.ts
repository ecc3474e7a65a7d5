import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { hashRaw, type Options } from '@node-rs/argon2';
import type { PasswordHash } from './password-hash.js';
import type { HashAlgorithm } from './password-policy.js';

const pbkdf2Async = promisify(pbkdf2);

const DIGESTS = { pbkdf2: 'sha1', 'pbkdf2-sha256': 'sha256', 'pbkdf2-sha512': 'sha512' } as const;
/** The binding's own names are constants of its declarations only: there is nothing to import at run time. */
const ARGON2_TYPES: Readonly<Record<string, number>> = { d: 0, i: 1, id: 2 };
const ARGON2_VERSIONS: Readonly<Record<string, number>> = { '1.0': 0, '1.3': 1 };

/** Keycloak 26's parameters of a new hash (OWASP Password Storage Cheat Sheet). */
const DEFAULTS: Readonly<Record<HashAlgorithm, { iterations: number; bytes: number }>> = {
  argon2: { iterations: 5, bytes: 32 },
  pbkdf2: { iterations: 1_300_000, bytes: 64 },
  'pbkdf2-sha256': { iterations: 600_000, bytes: 32 },
  'pbkdf2-sha512': { iterations: 210_000, bytes: 64 },
};

const ARGON2_PARAMETERS = {
  hashLength: [String(DEFAULTS.argon2.bytes)],
  memory: ['7168'],
  type: ['id'],
  version: ['1.3'],
  parallelism: ['1'],
} as const;

/** Passes of Argon2 beyond this are a policy written for PBKDF2: Keycloak then takes its default, and so do we. */
const MOST_ARGON2_ITERATIONS = 100;
/** KiB. More could take all memory there is: whoever manages the users of one realm would stop the server for all. */
const MOST_ARGON2_MEMORY = 256 * 1024;
const MOST_ARGON2_LANES = 16;
/** Four times the most that is recommended (OWASP, for SHA-1): seconds of work for one guess. */
const MOST_PBKDF2_ITERATIONS = 5_200_000;

/** How a password is hashed: everything of a stored hash but the hash. */
export type HashRecipe = Pick<PasswordHash, 'algorithm' | 'iterations' | 'parameters'> & { readonly bytes: number };

/** The recipe for new hashes. @param iterations of the realm's policy; undefined, not positive or too many = the default. */
export function recipeFor(algorithm: HashAlgorithm, iterations: number | undefined): HashRecipe {
  const { bytes, iterations: standard } = DEFAULTS[algorithm];
  const acceptable = iterations !== undefined && iterations > 0 && iterations <= mostIterations(algorithm);
  return {
    algorithm,
    iterations: acceptable ? iterations : standard,
    parameters: algorithm === 'argon2' ? ARGON2_PARAMETERS : {},
    bytes,
  };
}

const mostIterations = (algorithm: HashAlgorithm): number =>
  algorithm === 'argon2' ? MOST_ARGON2_ITERATIONS : MOST_PBKDF2_ITERATIONS;

/** Whether checking a hash costs no more than a login may. Hashes come from realm files and administrators of one realm. */
export function isAffordable({ algorithm, iterations, parameters }: Omit<HashRecipe, 'bytes'>): boolean {
  if (iterations > mostIterations(algorithm)) return false;
  const isAtMost = (name: 'memory' | 'parallelism', most: number): boolean => {
    const value = Number(parameters[name]?.[0] ?? ARGON2_PARAMETERS[name][0]);
    return Number.isInteger(value) && value > 0 && value <= most;
  };
  return (
    algorithm !== 'argon2' || (isAtMost('memory', MOST_ARGON2_MEMORY) && isAtMost('parallelism', MOST_ARGON2_LANES))
  );
}

/** Whether the stored hash was made by the recipe. */
export function madeBy(hash: PasswordHash, recipe: HashRecipe): boolean {
  return (
    hash.algorithm === recipe.algorithm &&
    hash.iterations === recipe.iterations &&
    hash.value.length === recipe.bytes &&
    Object.entries(recipe.parameters).every(([name, [value]]) => hash.parameters[name]?.[0] === value)
  );
}

/**
 * Computes the hash of a password, on libuv's thread pool.
 * @throws Error when the parameters are outside of what the algorithm takes.
 */
export async function derive(plain: string, salt: Buffer, recipe: HashRecipe): Promise<Buffer> {
  if (recipe.algorithm === 'argon2') return hashRaw(plain, argon2Options(salt, recipe));
  return pbkdf2Async(plain, salt, recipe.iterations, recipe.bytes, DIGESTS[recipe.algorithm]);
}

function argon2Options(salt: Buffer, recipe: HashRecipe): Options {
  const parameter = (name: keyof typeof ARGON2_PARAMETERS): string =>
    recipe.parameters[name]?.[0] ?? ARGON2_PARAMETERS[name][0];
  const algorithm = ARGON2_TYPES[parameter('type')];
  const version = ARGON2_VERSIONS[parameter('version')];
  if (algorithm === undefined || version === undefined) throw new RangeError('unknown type or version of Argon2');
  return {
    salt,
    algorithm,
    version,
    timeCost: recipe.iterations,
    memoryCost: Number(parameter('memory')),
    parallelism: Number(parameter('parallelism')),
    outputLen: recipe.bytes,
  };
}
