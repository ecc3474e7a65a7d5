import { profileViolations, type ProfileMembers } from '../administration/user-profile.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { Realm } from '../realm/realm.js';
import { LOCALE, UserProfile, type ProfileViolation } from '../realm/user-profile/user-profile.js';
import type { User, UserStore } from '../realm/user.js';
import { present } from '../representations/present.js';
import { ConflictError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { AccountCaller } from './account-caller.js';
import type { ProfileBody } from './profile-body.js';
import { mayRename, profileMetadata } from './profile-metadata.js';
import { profileProblem, ProfileRefusal } from './profile-refusal.js';

/** The profile of a person, as that person sees and changes it. */
export class AccountProfile {
  constructor(
    private readonly users: UserStore,
    private readonly recorder: EventRecorder,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Attributes that are for administrators stay out of it. @param metadata what a form needs to know, too */
  read({ user, realm }: AccountCaller, metadata: boolean): JsonObject {
    return present({
      id: user.id,
      username: user.username,
      firstName: user.firstName,
      lastName: user.lastName,
      email: user.email,
      emailVerified: user.emailVerified,
      userProfileMetadata: metadata ? profileMetadata(realm) : undefined,
      attributes: UserProfile.of(realm).visible(user.attributes, 'user'),
    });
  }

  /**
   * Replaces the profile. A new address has to be verified again.
   * @throws ProfileRefusal naming every member that cannot be taken
   */
  async write({ realm, user: { id }, client, ipAddress, part }: AccountCaller, body: ProfileBody): Promise<void> {
    await this.unitOfWork.run(async () => {
      const user = await this.users.byIdForChange(realm.id, id);
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
    const renamed = body.username !== undefined && body.username.trim().toLowerCase() !== user.username;
    // Where the address is the name, consoles send back a name that is about to change by itself.
    const refused = renamed && !mayRename(realm) && !realm.settings.registrationEmailAsUsername;
    const { username: _name, ...others } = body;
    return [
      ...(refused ? [profileProblem('username', 'readOnlyUsernameMessage')] : []),
      ...violationsOf(realm, renamed && mayRename(realm) ? body : others),
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

/** What the profile says, in the words of the account. */
function violationsOf(realm: Realm, members: ProfileMembers): readonly ProfileViolation[] {
  const found = profileViolations(realm, members, 'user', () => true);
  const isMissing = ({ errorMessage }: ProfileViolation): boolean => errorMessage === 'error-user-attribute-required';
  return [...found.filter(isMissing), ...found.filter((each) => !isMissing(each))].map(
    ({ field, errorMessage, params }) => profileProblem(field, errorMessage, params.slice(1)),
  );
}

/** Attributes that people may not write stay as they are, whatever was sent. */
function merged(realm: Realm, user: User, body: ProfileBody): User {
  const profile = UserProfile.of(realm);
  const text = (name: 'email' | 'firstName' | 'lastName'): string | undefined =>
    (profile.mayEdit(name, 'user') ? body[name]?.trim() : undefined) ?? user[name];
  const email = text('email')?.toLowerCase();
  const name = realm.settings.registrationEmailAsUsername ? email : mayRename(realm) ? body.username : undefined;
  const given = body.attributes && onlyOneLanguage(body.attributes);
  return {
    ...user,
    username: name?.trim().toLowerCase() || user.username,
    firstName: text('firstName') ?? '',
    lastName: text('lastName') ?? '',
    ...(email === undefined ? {} : { email }),
    emailVerified: user.emailVerified && email === user.email,
    attributes: given ? profile.merged(user.attributes, given, 'user') : user.attributes,
  };
}

const onlyOneLanguage = (attributes: User['attributes']): User['attributes'] => ({
  ...attributes,
  ...(attributes[LOCALE] && { [LOCALE]: attributes[LOCALE].slice(0, 1) }),
});

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
