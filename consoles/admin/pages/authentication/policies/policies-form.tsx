import type { ReactNode } from 'react';
import { FormProvider } from 'react-hook-form';
import { ErrorNotice } from '../../../../kit/feedback/error-state.js';
import { useSavedForm } from '../../../../kit/fields/use-saved-form.js';
import { SaveActions } from '../../../../kit/layout/save-actions.js';
import { Stack } from '../../../../kit/layout/stack.js';
import { useRealmApi } from '../../../admin-context.js';
import { useDeed } from '../../../use-deed.js';
import type { PasswordPolicyType } from '../../../use-server-info.js';
import { useMay } from '../../../who-am-i.js';
import { useText } from './messages/use-text.js';
import { OtpPolicyPanel } from './otp-policy-panel.js';
import { PasswordPolicyPanel } from './password-policy-panel.js';
import { policyText, rulesOf } from './password-policy.js';
import type { PolicyValues, RealmPolicies } from './policy-values.js';

interface PoliciesFormProps {
  readonly saved: RealmPolicies;
  /** The kinds of password policy that the server has. */
  readonly types: readonly PasswordPolicyType[];
}

/** Both policies as one form. What was not changed is not written, so that two administrators do not undo each other. */
export function PoliciesForm({ saved, types }: PoliciesFormProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const readOnly = !useMay()('manage-realm');
  const { form, before, isDirty, settle } = useSavedForm<PolicyValues>(valuesOf(saved));
  const save = useDeed(['realm'], (members: Partial<RealmPolicies>) => api.put('', members), t('saved'));
  const submit = form.handleSubmit((entered) =>
    save.mutate(changedMembers(entered, before), { onSuccess: () => settle(entered) }),
  );
  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Stack>
          <PasswordPolicyPanel types={types} readOnly={readOnly} />
          <OtpPolicyPanel readOnly={readOnly} />
          {save.error && <ErrorNotice error={save.error} />}
          {!readOnly && <SaveActions busy={save.isPending} isDirty={isDirty} onUndo={() => form.reset(before)} />}
        </Stack>
      </form>
    </FormProvider>
  );
}

function valuesOf(realm: RealmPolicies): PolicyValues {
  return {
    rules: rulesOf(realm.passwordPolicy),
    otpPolicyType: realm.otpPolicyType,
    otpPolicyAlgorithm: realm.otpPolicyAlgorithm,
    otpPolicyDigits: String(realm.otpPolicyDigits),
    otpPolicyLookAheadWindow: realm.otpPolicyLookAheadWindow,
    otpPolicyPeriod: realm.otpPolicyPeriod,
    otpPolicyInitialCounter: realm.otpPolicyInitialCounter,
    otpPolicyCodeReusable: realm.otpPolicyCodeReusable,
  };
}

function membersOf({ rules, otpPolicyDigits, ...same }: PolicyValues): RealmPolicies {
  return { ...same, passwordPolicy: policyText(rules), otpPolicyDigits: Number(otpPolicyDigits) };
}

function changedMembers(entered: PolicyValues, before: PolicyValues): Partial<RealmPolicies> {
  const old: Readonly<Record<string, unknown>> = { ...membersOf(before) };
  return Object.fromEntries(Object.entries(membersOf(entered)).filter(([member, value]) => old[member] !== value));
}
