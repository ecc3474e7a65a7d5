import { Post } from '@nestjs/common';
import type { JsonInput } from '../http/json-body.js';
import { UserMails } from '../administration/user-mails.js';
import type { Realm } from '../realm/realm.js';
import { InvalidInputError } from '../shared/errors.js';
import type { Json } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonRaw } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** The mail settings of a realm (Admin API reference 5.5). */
@AdminController('')
export class RealmMailAdminController {
  constructor(private readonly mails: UserMails) {}

  /** Sends a test mail to the caller, with the settings in the body. */
  @Post('testSMTPConnection')
  @Needs('manageRealm')
  test(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @JsonRaw({ type: 'object' }) { value }: JsonInput,
  ): Promise<void> {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new InvalidInputError('unparsable_json', 'Cannot parse the JSON', { detail: 'an object is needed' });
    return this.mails.testSmtp(realm, caller.principal.user, value as Readonly<Record<string, Json>>);
  }
}
