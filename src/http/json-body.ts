import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvalidInputError } from '../shared/errors.js';
import { JsonText } from './parsers.js';

/** A JSON value and the text it was read from. */
export interface JsonInput {
  readonly value: unknown;
  readonly text: string;
}

/** An escaped NUL, which PostgreSQL stores in no text. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/** No representation comes near it; what reads bodies calls itself for each level, and would run out of stack. */
const DEEPEST = 200;

/** Half of an escaped surrogate pair, which is no character: no address and no database can hold it. */
const HALF_CHARACTER =
  /(?<!\\)(?:\\\\)*(?:\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F])/;

/**
 * The JSON a request came with.
 * @throws InvalidInputError `malformed_json`, `body_missing`, `nul_character`, `half_character`
 * @throws UnsupportedMediaTypeException for a body of another type
 */
export function jsonOf({ body, headers }: FastifyRequest): JsonInput {
  if (!(body instanceof JsonText) && headers['content-type'] !== undefined) {
    throw new UnsupportedMediaTypeException({
      error: 'The content-type header value did not match the value in @Consumes',
    });
  }
  const value = body instanceof JsonText ? parsed(body) : undefined;
  if (!(body instanceof JsonText) || value === undefined || value === null) {
    throw new InvalidInputError('body_missing', 'The request needs a JSON body');
  }
  if (isDeeperThan(value, DEEPEST))
    throw new InvalidInputError('malformed_json', 'Cannot parse the JSON', { detail: 'too many levels' });
  if (NUL.test(body.text)) throw new InvalidInputError('nul_character', 'The character NUL is not allowed in a text');
  if (HALF_CHARACTER.test(body.text))
    throw new InvalidInputError('half_character', 'Half of a surrogate pair is not allowed in a text');
  return { value, text: body.text };
}

function parsed(body: JsonText): unknown {
  try {
    return body.read();
  } catch (cause) {
    throw new InvalidInputError('malformed_json', 'Cannot parse the JSON', { cause });
  }
}

/** Level by level, so that it needs no stack itself. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
