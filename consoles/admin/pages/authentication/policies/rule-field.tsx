import type { ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import { NumberField } from '../../../../kit/fields/number-field.js';
import { TextField } from '../../../../kit/fields/text-field.js';
import { Muted, Stack } from '../../../../kit/layout/stack.js';
import type { PasswordPolicyType } from '../../../use-server-info.js';
import { useText } from './messages/use-text.js';
import { ruleProblem } from './password-policy.js';
import type { PolicyValues } from './policy-values.js';
import type { RuleWords } from './use-rule-words.js';

interface RuleFieldProps {
  readonly index: number;
  /** Undefined for a policy that the server does not know. */
  readonly type: PasswordPolicyType | undefined;
  readonly words: RuleWords;
  readonly readOnly: boolean;
}

/** The value of one password policy, or only its words where there is none. */
export function RuleField({ index, type, words, readOnly }: RuleFieldProps): ReactNode {
  const t = useText();
  const { register, formState } = useFormContext<PolicyValues>();
  if (type?.configType === undefined)
    return (
      <Stack gap="tight">
        <strong>{words.label}</strong>
        {words.about !== undefined && <Muted>{words.about}</Muted>}
      </Stack>
    );
  const { configType } = type;
  const field = {
    label: words.label,
    description: words.about,
    error: formState.errors.rules?.[index]?.value?.message,
    disabled: readOnly,
    ...register(`rules.${index}.value`, {
      validate: (value) => {
        const problem = ruleProblem({ kind: type.id, value }, configType);
        return problem === undefined || t(`problem.${problem}`);
      },
    }),
  };
  return configType === 'int' ? <NumberField {...field} /> : <TextField {...field} code />;
}
