import type { FormInput } from '../../engine/index.js';
import type { ActionContext, ActionOutcome, RequiredAction, RequiredActionPorts } from '../required-action.js';

/** Asks the user to accept the terms; when is kept in the attribute `terms_and_conditions` (seconds), as Keycloak keeps it. */
export const termsAndConditions = (ports: RequiredActionPorts): RequiredAction => ({
  id: 'TERMS_AND_CONDITIONS',
  title: 'Terms and Conditions',
  start: () => Promise.resolve({ page: 'terms', data: {} }),

  async submit({ realm, user }: ActionContext, input: FormInput): Promise<ActionOutcome> {
    if (input['cancel'] !== undefined) return { kind: 'declined', description: 'termsAndConditionsDeclined' };
    if (input['accept'] === undefined) return { kind: 'challenge', view: { page: 'terms', data: {} } };
    await ports.unitOfWork.run(async () => {
      const current = (await ports.users.byIdForChange(realm.id, user.id)) ?? user;
      await ports.users.update(
        {
          ...current,
          attributes: { ...current.attributes, terms_and_conditions: [String(ports.clock.seconds())] },
          requiredActions: current.requiredActions.filter((action) => action !== 'TERMS_AND_CONDITIONS'),
        },
        false,
      );
    });
    return {
      kind: 'done',
      event: 'CUSTOM_REQUIRED_ACTION',
      details: { custom_required_action: 'TERMS_AND_CONDITIONS' },
    };
  },
});
