import { Get, Param, Put } from '@nestjs/common';
import { UserAdministration } from '../administration/user-administration.js';
import { UserProfileAdministration } from '../administration/user-profile-administration.js';
import type { JsonInput } from '../http/json-body.js';
import type { Realm } from '../realm/realm.js';
import { UserProfile } from '../realm/user-profile/user-profile.js';
import { toProfileMetadata } from '../representations/user-profile-representation.js';
import type { Json, JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonRaw } from './admin-params.js';
import { FileReply } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';

/** What users are described by (Admin API reference 5.3). */
@AdminController('users')
export class UserProfileAdminController {
  constructor(
    private readonly profiles: UserProfileAdministration,
    private readonly users: UserAdministration,
  ) {}

  @Get('profile')
  @Needs('viewUserProfile')
  read(@InRealm() realm: Realm): JsonObject {
    return this.profiles.read(realm);
  }

  /** Answers with the profile, without a charset in its type, as the reference does. */
  @Put('profile')
  @Needs('manageRealm')
  async replace(@InRealm() realm: Realm, @JsonRaw({ type: 'object' }) { value }: JsonInput): Promise<FileReply> {
    const profile = await this.profiles.replace(realm, value as Json);
    return new FileReply('application/json', Buffer.from(JSON.stringify(profile)));
  }

  @Get('profile/metadata')
  @Needs('viewUserProfile')
  metadata(@InRealm() realm: Realm): JsonObject {
    return toProfileMetadata(realm, 'admin', true);
  }

  /** Attributes that the profile does not describe, as far as it lets administrators see them. */
  @Get(':user/unmanagedAttributes')
  @Needs('viewUsers')
  async unmanaged(@InRealm() realm: Realm, @Param('user') id: string): Promise<JsonObject> {
    const { attributes } = await this.users.get(realm, id);
    const profile = UserProfile.of(realm);
    const shown = profile.visible(attributes, 'admin');
    return Object.fromEntries(Object.entries(shown).filter(([name]) => !profile.isManaged(name)));
  }
}
