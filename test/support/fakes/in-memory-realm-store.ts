import { RealmStore, type Realm } from '../../../src/realm/realm.js';
import { ConflictError } from '../../../src/shared/errors.js';

export class InMemoryRealmStore extends RealmStore {
  private readonly realms = new Map<string, Realm>();

  override byId(id: string): Promise<Realm | undefined> {
    return Promise.resolve(this.realms.get(id));
  }

  override byName(name: string): Promise<Realm | undefined> {
    return Promise.resolve([...this.realms.values()].find((realm) => realm.name === name));
  }

  override list(): Promise<readonly Realm[]> {
    return Promise.resolve([...this.realms.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  override async insert(realm: Realm): Promise<void> {
    if (this.realms.has(realm.id)) throw realmExists();
    await this.update(realm);
  }

  override async update(realm: Realm): Promise<void> {
    const holder = await this.byName(realm.name);
    if (holder !== undefined && holder.id !== realm.id) throw realmExists();
    this.realms.set(realm.id, realm);
  }

  override delete(id: string): Promise<void> {
    this.realms.delete(id);
    return Promise.resolve();
  }
}

function realmExists(): ConflictError {
  return new ConflictError('realm_exists', 'Realm exists');
}
