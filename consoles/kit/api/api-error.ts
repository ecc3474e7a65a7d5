/** What kind of trouble it is; pages say what to do about it. */
export type Trouble = 'unreachable' | 'forbidden' | 'missing' | 'conflict' | 'outdated' | 'invalid' | 'server';

/** One member that is wrong, told by a message key. */
export interface Problem {
  readonly field: string;
  readonly key: string;
  /** Values of the message's placeholders `{0}`, `{1}`. */
  readonly params: readonly string[];
}

/** An answer of the server that is not a success, or none at all. */
export class ApiError extends Error {
  constructor(
    readonly trouble: Trouble,
    /** HTTP status; 0 without an answer. */
    readonly status: number,
    /** Sentence of the server; empty where it gave none. */
    readonly sentence: string,
    /** Stable code, where there is one. */
    readonly code?: string,
    /** Member of the body that is wrong. */
    readonly field?: string,
    /** Every member that is wrong, where the server names several. */
    readonly problems: readonly Problem[] = [],
  ) {
    super(sentence || `HTTP ${status}`);
  }
}

/** The members of the four shapes in which the server tells of errors, none of them certain. */
interface ErrorBody {
  readonly error?: unknown;
  readonly error_description?: unknown;
  readonly errorMessage?: unknown;
  readonly field?: unknown;
  readonly params?: unknown;
  readonly errors?: readonly ErrorBody[];
}

/**
 * Reads an error of the server: `{error}`, `{errorMessage, field}`, `{error, error_description}`, `{errors: [...]}`.
 * @param body parsed JSON; undefined where there is none
 */
export function apiErrorOf(status: number, body: unknown): ApiError {
  const parts = partsOf(body);
  const [first] = parts;
  const code = text(first?.error_description) && text(first?.error);
  const sentence = parts
    .map((part) => text(part.errorMessage) ?? text(part.error_description) ?? text(part.error))
    .filter((part) => part !== undefined && !/^HTTP \d{3}/.test(part))
    .join(' ');
  return new ApiError(troubleOf(status), status, sentence, code, text(first?.field), problemsOf(parts));
}

/** No answer came. */
export const unreachable = (): ApiError => new ApiError('unreachable', 0, '');

function partsOf(body: unknown): readonly ErrorBody[] {
  if (typeof body !== 'object' || body === null) return [];
  const { errors } = body as ErrorBody;
  return Array.isArray(errors) ? (errors as readonly ErrorBody[]) : [body];
}

const problemsOf = (parts: readonly ErrorBody[]): readonly Problem[] =>
  parts.flatMap(({ field, errorMessage, params }) => {
    const [name, key] = [text(field), text(errorMessage)];
    if (name === undefined || key === undefined) return [];
    return [{ field: name, key, params: Array.isArray(params) ? params.map(String) : [] }];
  });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function troubleOf(status: number): Trouble {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404) return 'missing';
  if (status === 409) return 'conflict';
  if (status === 412) return 'outdated';
  return status >= 500 ? 'server' : 'invalid';
}
