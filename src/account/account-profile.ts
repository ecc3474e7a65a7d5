import { UserProfileError, type ProfileViolation } from '../administration/administration-errors.js';
import { checkUserProfile } from '../administration/user-profile.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { Realm } from '../realm/realm.js';
import type { User, UserStore } from '../realm/user.js';
import { present } from '../representations/present.js';
import { ConflictError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { AccountCaller } from './account-caller.js';
import type { ProfileBody } from './profile-body.js';
import { LOCALE, mayRename, profileMetadata } from './profile-metadata.js';
import { profileProblem, ProfileRefusal } from './profile-refusal.js';

const REQUIRED = ['email', 'firstName', 'lastName'] as const;

/** The profile of a person, as that person sees and changes it. */
export class AccountProfile {
  constructor(
    private readonly users: UserStore,
    private readonly recorder: EventRecorder,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Attributes that are for administrators stay out of it. @param metadata what a form needs to know, too */
  read({ user, realm }: AccountCaller, metadata: boolean): JsonObject {
    const locale = user.attributes[LOCALE];
    return present({
      id: user.id,
      username: user.username,
      firstName: user.firstName,
      lastName: user.lastName,
      email: user.email,
      emailVerified: user.emailVerified,
      userProfileMetadata: metadata ? profileMetadata(realm) : undefined,
      attributes: realm.settings.internationalizationEnabled && locale ? { [LOCALE]: [...locale] } : {},
    });
  }

  /**
   * Replaces the profile. A new address has to be verified again.
   * @throws ProfileRefusal naming every member that cannot be taken
   */
  async write({ realm, user: { id }, client, ipAddress, part }: AccountCaller, body: ProfileBody): Promise<void> {
    await this.unitOfWork.run(async () => {
      const user = await this.users.byId(realm.id, id);
      if (!user) return;
      const problems = await this.problemsOf(realm, user, body);
      if (problems.length > 0) throw new ProfileRefusal(problems);
      const changed = merged(realm, user, body);
      await this.refuseTaken(realm, user, changed);
      await this.store(realm, changed);
      await this.recorder.record(
        { ...realm.settings, id: realm.id },
        {
          type: 'UPDATE_PROFILE',
          clientId: client.clientId,
          userId: id,
          ipAddress,
          ...(part ? { sessionId: part.session.id } : {}),
          details: { context: 'ACCOUNT', ...changesOf(user, changed) },
        },
      );
    });
  }

  private async problemsOf(realm: Realm, user: User, body: ProfileBody): Promise<readonly ProfileViolation[]> {
    const missing = REQUIRED.filter((field) => !body[field]?.trim()).map((field) =>
      profileProblem(field, 'error-user-attribute-required'),
    );
    const renamed = body.username !== undefined && body.username.trim().toLowerCase() !== user.username;
    // Where the address is the name, consoles send back a name that is about to change by itself.
    const refused = renamed && !mayRename(realm) && !realm.settings.registrationEmailAsUsername;
    const { username: _name, ...others } = body;
    return [
      ...(refused ? [profileProblem('username', 'readOnlyUsernameMessage')] : []),
      ...missing,
      ...violationsOf(renamed && mayRename(realm) ? body : others),
    ];
  }

  private async refuseTaken(realm: Realm, before: User, { username, email }: User): Promise<void> {
    const nameTaken = username !== before.username && (await this.users.byUsername(realm.id, username));
    const asksForAddress = email !== undefined && email !== before.email && !realm.settings.duplicateEmailsAllowed;
    const emailTaken = asksForAddress && (await this.users.byEmail(realm.id, email));
    const problems = [
      ...(nameTaken ? [profileProblem('username', 'usernameExistsMessage')] : []),
      ...(emailTaken ? [profileProblem('email', 'emailExistsMessage')] : []),
    ];
    if (problems.length > 0) throw new ProfileRefusal(problems, true);
  }

  /** The unique indexes decide between two who ask for the same at once. */
  private async store(realm: Realm, user: User): Promise<void> {
    try {
      await this.users.update(user, !realm.settings.duplicateEmailsAllowed);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const isName = error.code === 'username_exists';
      throw new ProfileRefusal(
        [profileProblem(isName ? 'username' : 'email', isName ? 'usernameExistsMessage' : 'emailExistsMessage')],
        true,
      );
    }
  }
}

/** The administrators' check, in the words of the account. */
function violationsOf(body: ProfileBody): readonly ProfileViolation[] {
  try {
    checkUserProfile(body);
    return [];
  } catch (error) {
    if (!(error instanceof UserProfileError)) throw error;
    return error.violations.map(({ field, errorMessage, params }) =>
      profileProblem(field, errorMessage, params.slice(1)),
    );
  }
}

/** Attributes that are not of the profile stay as they are, whatever was sent. */
function merged(realm: Realm, user: User, body: ProfileBody): User {
  const email = body.email?.trim().toLowerCase() ?? user.email;
  const name = realm.settings.registrationEmailAsUsername ? email : mayRename(realm) ? body.username : undefined;
  const locale = realm.settings.internationalizationEnabled ? body.attributes?.[LOCALE] : undefined;
  return {
    ...user,
    username: name?.trim().toLowerCase() || user.username,
    firstName: body.firstName?.trim() ?? '',
    lastName: body.lastName?.trim() ?? '',
    ...(email === undefined ? {} : { email }),
    emailVerified: user.emailVerified && email === user.email,
    attributes: locale === undefined ? user.attributes : { ...user.attributes, [LOCALE]: locale.slice(0, 1) },
  };
}

const NAMES = { email: 'email', firstName: 'first_name', lastName: 'last_name', username: 'username' } as const;

function changesOf(before: User, after: User): Readonly<Record<string, string>> {
  const members = Object.keys(NAMES) as (keyof typeof NAMES)[];
  return Object.fromEntries(
    members
      .filter((member) => before[member] !== after[member])
      .flatMap((member) => [
        [`previous_${NAMES[member]}`, before[member] ?? ''],
        [`updated_${NAMES[member]}`, after[member] ?? ''],
      ]),
  );
}
