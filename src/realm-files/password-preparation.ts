import type { HashedPassword, PasswordHasher } from '../realm/password-hasher.js';
import type { PasswordPolicy } from '../realm/password-policy.js';
import type { UserRecords } from '../realm/user-records.js';
import { objectsOf, textOf } from '../representations/json-objects.js';
import type { Json, JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';

const PASSWORD = 'password';

/** Gets the users of a file ready for a transaction: passwords in the clear become the hashes that are there, or new ones. */
export class PasswordPreparation {
  constructor(
    private readonly records: UserRecords,
    private readonly hasher: Pick<PasswordHasher, 'hash' | 'verify'>,
    private readonly sealer: Sealer,
  ) {}

  /** @throws UnavailableError `hash_queue_full` under too much load */
  async prepare(realmId: string, users: readonly JsonObject[], policy: PasswordPolicy): Promise<readonly JsonObject[]> {
    const typed = users.filter((user) => credentialsOf(user).some(isTyped));
    if (typed.length === 0) return users;
    const names = typed.map(({ username }) => textOf(username).toLowerCase());
    const stored = await this.stored(realmId, names);
    const prepared: JsonObject[] = [];
    for (const user of users) {
      const credentials: Json[] = [];
      for (const credential of credentialsOf(user)) {
        const old = stored.get(textOf(user['username']).toLowerCase());
        credentials.push(isTyped(credential) ? await this.hashed(credential, old, policy) : credential);
      }
      prepared.push(user['credentials'] === undefined ? user : { ...user, credentials });
    }
    return prepared;
  }

  /** A password that is right for what is stored stays as it is stored: importing a file twice changes nothing. */
  private async hashed(
    credential: JsonObject,
    old: StoredPassword | undefined,
    policy: PasswordPolicy,
  ): Promise<JsonObject> {
    const { value, temporary: _temporary, ...rest } = credential;
    const plain = textOf(value);
    const same = old && (await this.hasher.verify(plain, old));
    const texts = same ? old : await this.hasher.hash(plain, policy);
    const own = same ? { id: old.id, createdDate: old.createdDate } : {};
    return { ...rest, ...own, type: PASSWORD, credentialData: texts.data, secretData: texts.secret };
  }

  private async stored(realmId: string, names: readonly string[]): Promise<ReadonlyMap<string, StoredPassword>> {
    const found = (await this.records.byNames(realmId, names)).flatMap(({ user, credentials }) => {
      const password = credentials.find(({ type }) => type === PASSWORD);
      if (!password) return [];
      const { id, createdDate, data, sealedSecret } = password;
      return [[user.username, { id, createdDate, data, secret: this.sealer.open(sealedSecret, id) }] as const];
    });
    return new Map(found);
  }
}

interface StoredPassword extends HashedPassword {
  readonly id: string;
  readonly createdDate: number;
}

const credentialsOf = ({ credentials }: JsonObject): readonly JsonObject[] => objectsOf(credentials);

const isTyped = ({ type, value }: JsonObject): boolean =>
  (type ?? PASSWORD) === PASSWORD && typeof value === 'string' && value !== '';
