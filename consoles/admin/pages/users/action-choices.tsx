import type { ReactNode } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { Checkbox } from '../../../kit/fields/switch.js';
import { Stack } from '../../../kit/layout/stack.js';
import { isKey, useText } from './messages/use-text.js';

/** What users are asked for most. */
const COMMON = ['UPDATE_PASSWORD', 'VERIFY_EMAIL', 'UPDATE_PROFILE', 'CONFIGURE_TOTP'] as const;

interface ActionChoicesProps {
  /** Further actions, by alias. */
  readonly more?: readonly string[];
  readonly disabled?: boolean;
  readonly register: UseFormRegisterReturn;
}

/** Picks required actions: one checkbox for each. */
export function ActionChoices({ more = [], disabled = false, register }: ActionChoicesProps): ReactNode {
  const t = useText();
  return (
    <Stack gap="tight">
      {[...new Set([...COMMON, ...more])].map((alias) => {
        const key = `action.${alias}`;
        return (
          <Checkbox key={alias} label={isKey(key) ? t(key) : alias} {...register} value={alias} disabled={disabled} />
        );
      })}
    </Stack>
  );
}
