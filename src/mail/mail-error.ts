import { AppError } from '../shared/errors.js';

/**
 * A mail that did not go out. The message may be told to administrators and names no secret; what the other server said is in the
 * detail, for the log.
 */
export class MailError extends AppError {
  constructor(message: string, detail?: string, cause?: unknown) {
    super('mail_not_sent', message, {
      ...(detail === undefined ? {} : { detail }),
      ...(cause === undefined ? {} : { cause }),
    });
  }
}
