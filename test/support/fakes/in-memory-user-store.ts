import { UserStore, type Credential, type User, type UserQuery } from '../../../src/realm/user.js';
import { ConflictError } from '../../../src/shared/errors.js';

export class InMemoryUserStore extends UserStore {
  private readonly users = new Map<string, User>();
  private readonly stored = new Map<string, Credential>();
  private readonly usedSteps = new Map<string, number>();

  override byId(realmId: string, id: string): Promise<User | undefined> {
    return Promise.resolve(this.find(realmId, (user) => user.id === id));
  }

  override byIdForChange(realmId: string, id: string): Promise<User | undefined> {
    return this.byId(realmId, id);
  }

  override byUsername(realmId: string, username: string): Promise<User | undefined> {
    return Promise.resolve(this.find(realmId, (user) => user.username === username.toLowerCase()));
  }

  override byEmail(realmId: string, email: string): Promise<User | undefined> {
    return Promise.resolve(this.find(realmId, (user) => user.email?.toLowerCase() === email.toLowerCase()));
  }

  override byIds(realmId: string, ids: readonly string[]): Promise<readonly User[]> {
    return Promise.resolve(this.ofRealm(realmId).filter((user) => ids.includes(user.id)));
  }

  override serviceAccountOf(realmId: string, clientId: string): Promise<User | undefined> {
    return Promise.resolve(this.find(realmId, (user) => user.serviceAccountClientId === clientId));
  }

  override list(realmId: string, query: UserQuery): Promise<readonly User[]> {
    const found = this.ofRealm(realmId)
      .filter((user) => user.serviceAccountClientId === undefined && matches(user, query))
      .sort((a, b) => (a.username < b.username ? -1 : 1));
    const first = query.first ?? 0;
    return Promise.resolve(found.slice(first, first + (query.max ?? found.length)));
  }

  override async count(realmId: string, query: UserQuery): Promise<number> {
    const { first: _first, max: _max, ...unpaged } = query;
    return (await this.list(realmId, unpaged)).length;
  }

  override async insert(user: User, uniqueEmail: boolean): Promise<void> {
    await this.update(user, uniqueEmail);
  }

  override async update(user: User, uniqueEmail: boolean): Promise<void> {
    const sameName = await this.byUsername(user.realmId, user.username);
    if (sameName !== undefined && sameName.id !== user.id)
      throw new ConflictError('username_exists', 'User exists with same username');
    const sameEmail = user.email === undefined ? undefined : await this.byEmail(user.realmId, user.email);
    if (uniqueEmail && sameEmail !== undefined && sameEmail.id !== user.id)
      throw new ConflictError('email_exists', 'User exists with same email');
    this.users.set(user.id, user);
  }

  override async withCredential(
    realmId: string,
    userIds: readonly string[],
    type: string,
  ): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const id of userIds)
      if ((await this.credentials(realmId, id)).some((credential) => credential.type === type)) found.add(id);
    return found;
  }

  override async delete(realmId: string, id: string): Promise<boolean> {
    for (const credential of await this.credentials(realmId, id)) this.stored.delete(credential.id);
    return this.users.delete(id);
  }

  override credentials(realmId: string, userId: string): Promise<readonly Credential[]> {
    const own = [...this.stored.values()].filter((it) => it.realmId === realmId && it.userId === userId);
    return Promise.resolve(own.sort((a, b) => a.priority - b.priority));
  }

  override insertCredential(credential: Credential): Promise<void> {
    if (this.stored.has(credential.id)) return Promise.reject(new Error(`credential ${credential.id} exists`));
    this.stored.set(credential.id, credential);
    return Promise.resolve();
  }

  override updateCredential(credential: Credential): Promise<void> {
    if (this.stored.has(credential.id)) this.stored.set(credential.id, credential);
    return Promise.resolve();
  }

  override deleteCredential(realmId: string, userId: string, id: string): Promise<boolean> {
    const credential = this.stored.get(id);
    if (credential?.realmId !== realmId || credential.userId !== userId) return Promise.resolve(false);
    return Promise.resolve(this.stored.delete(id));
  }

  override useOtpStep(_realmId: string, credentialId: string, step: number): Promise<boolean> {
    const fresh = step > (this.usedSteps.get(credentialId) ?? -1);
    if (fresh) this.usedSteps.set(credentialId, step);
    return Promise.resolve(fresh);
  }

  private ofRealm(realmId: string): User[] {
    return [...this.users.values()].filter((user) => user.realmId === realmId);
  }

  private find(realmId: string, predicate: (user: User) => boolean): User | undefined {
    return this.ofRealm(realmId).find(predicate);
  }
}

const NAMED = ['username', 'email', 'firstName', 'lastName'] as const;

function matches(user: User, query: UserQuery): boolean {
  const words = query.search?.trim().split(/\s+/).filter(Boolean) ?? [];
  return (
    words.every((word) => NAMED.some((member) => matchesWord(user[member]?.toLowerCase() ?? '', word.toLowerCase()))) &&
    NAMED.every((member) => matchesMember(user[member], query[member], query.exact === true)) &&
    (query.enabled === undefined || user.enabled === query.enabled) &&
    (query.emailVerified === undefined || user.emailVerified === query.emailVerified) &&
    (query.ids === undefined || query.ids.includes(user.id)) &&
    Object.entries(query.attributes ?? {}).every(([name, value]) => user.attributes[name]?.includes(value) === true)
  );
}

function matchesMember(value: string | undefined, wanted: string | undefined, exact: boolean): boolean {
  if (wanted === undefined) return true;
  const [actual, sought] = [value?.toLowerCase() ?? '', wanted.toLowerCase()];
  return exact ? actual === sought : actual.includes(sought);
}

function matchesWord(value: string, word: string): boolean {
  if (/^".*"$/.test(word)) return value === word.slice(1, -1);
  if (/^\*.*\*$/.test(word)) return value.includes(word.slice(1, -1));
  return value.startsWith(word.replace(/\*$/, ''));
}
