/**
 * Everything that goes wrong on purpose. `code` is stable and snake_case, `message` may be shown to the caller,
 * `detail` is for the log only and never leaves the server.
 */
export class AppError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly options: { readonly detail?: string; readonly field?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
  }

  /** Name of the offending member of the request or file, when there is one. */
  get field(): string | undefined {
    return this.options.field;
  }
}

/** The caller sent something that cannot be accepted; nothing was changed. */
export class InvalidInputError extends AppError {}

/** What was asked for does not exist; `message` is the sentence of the reference for that resource. */
export class NotFoundError extends AppError {}

/** The change collides with what is there (a taken name, a thing in use). */
export class ConflictError extends AppError {}

/** The change rests on something that is no longer so: the caller should look again. */
export class PreconditionFailedError extends AppError {}

/** The caller is known and may not do this. */
export class ForbiddenError extends AppError {}

/** Something of the reference that this server does not do; `message` says what. */
export class NotSupportedError extends AppError {}

/** The caller asks too often. */
export class TooManyRequestsError extends AppError {
  /** @param seconds after which the caller may ask again, at least 1 */
  constructor(
    code: string,
    message: string,
    readonly seconds: number,
  ) {
    super(code, message);
  }
}

/** The server cannot do this now (a queue is full, the database is gone); trying again later may work. */
export class UnavailableError extends AppError {}
