import { Post } from '@nestjs/common';
import type { Realm } from '../realm/realm.js';
import { KnownRows } from '../shared/known-rows.js';
import { RealmKeys } from '../tokens/signing-keys.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** Makes this server read anew what it remembers (Admin API reference 5.7). Other servers of the cluster forget within a second by themselves. */
@AdminController('')
export class CachesAdminController {
  constructor(
    private readonly rows: KnownRows,
    private readonly keys: RealmKeys,
  ) {}

  /** Rows are remembered together, whatever they are of. */
  @Post(['clear-realm-cache', 'clear-user-cache'])
  @Needs('manageRealm')
  clearRows(): void {
    this.rows.clear();
  }

  @Post('clear-keys-cache')
  @Needs('manageRealm')
  clearKeys(@InRealm() realm: Realm): void {
    this.keys.forget(realm.id);
  }

  /** Lists of revoked certificates are not fetched, so none is remembered. */
  @Post('clear-crl-cache')
  @Needs('manageRealm')
  clearRevocationLists(): undefined {
    return undefined;
  }
}
