import type { ChallengeView, FormInput } from '../../engine/index.js';
import type { User } from '../../realm/user.js';
import type { ActionContext, ActionOutcome, RequiredAction, RequiredActionPorts } from '../required-action.js';

const ALIAS = 'VERIFY_EMAIL';
/** Config of the action: seconds between two mails. */
const PAUSE = 'emailResendCooldownSeconds';

/** Sends a mail with a link to the user's address, and waits until the link is opened. The page offers to send the mail again. */
export const verifyEmail = (ports: RequiredActionPorts): RequiredAction => {
  const view = ({ user }: ActionContext, again: boolean): ChallengeView => ({
    page: 'verify-email',
    data: { email: user.email ?? '', again },
  });

  function send({ realm, client, user, place, remoteAddress }: ActionContext): void {
    ports.actionMails.request(
      { type: 'verify-email', realm, client, user, place, remoteAddress, details: {} },
      pauseOf(realm.requiredActions.find(({ alias }) => alias === ALIAS)?.config[PAUSE]),
    );
  }

  return {
    id: ALIAS,
    title: 'Verify Email',
    isTriggered: ({ settings }, { emailVerified }) => settings.verifyEmail && !emailVerified,
    isDue: ({ email, emailVerified }: User) => !emailVerified && email !== undefined && email !== '',

    enter(context: ActionContext): undefined {
      send(context);
    },

    start: (context) => Promise.resolve(view(context, false)),

    async submit(context: ActionContext, _input: FormInput): Promise<ActionOutcome> {
      const { realm, user } = context;
      // The link may have been opened in another browser.
      if (user.emailVerified) {
        await ports.userService.removeRequiredAction(realm, user, ALIAS);
        return { kind: 'done' };
      }
      send(context);
      return { kind: 'challenge', view: view(context, true) };
    },
  };
};

function pauseOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
