import type { UserRecord } from '../realm/user-records.js';
import { readTolerantly } from '../representations/read-body.js';
import { UserBody } from '../representations/user-body.js';
import { AppError } from '../shared/errors.js';
import type { RealmPlan } from './realm-plan.js';

/** Users that are read when their turn comes. */
export interface UserSource {
  readonly file: string;
  read(): Promise<readonly unknown[]>;
}

/** The users of one file. What costs time (hashes of passwords in the clear) is kept; the rest is read again. */
export class UserBatch {
  private constructor(
    private readonly source: UserSource,
    private readonly plan: RealmPlan,
    readonly count: number,
    /** The service accounts among them. */
    readonly accounts: readonly UserRecord[],
    private readonly hashed: readonly UserRecord[] | undefined,
  ) {}

  /** Checks the users of a file and hashes their passwords. @throws AppError that begins with the file's name */
  static async prepare(source: UserSource, plan: RealmPlan): Promise<UserBatch> {
    const { users, hasPasswords } = await planned(source, plan);
    const accounts = users.filter(({ user }) => user.serviceAccountClientId !== undefined);
    return new UserBatch(source, plan, users.length, accounts, hasPasswords ? users : undefined);
  }

  /** To be written. No password is hashed. */
  async users(): Promise<readonly UserRecord[]> {
    return this.hashed ?? (await planned(this.source, this.plan)).users;
  }
}

async function planned(source: UserSource, { planUsers, note }: RealmPlan) {
  try {
    const bodies = (await source.read()).map((user) => {
      const { body, unknown } = readTolerantly(UserBody, user);
      for (const member of unknown) note(`${member} of users`);
      return body;
    });
    const hasPasswords = bodies.some(({ credentials = [] }) => credentials.some(({ value }) => value));
    return { users: await planUsers(bodies), hasPasswords };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${source.file}: ${error.message}`, { ...error.options, cause: error });
  }
}
