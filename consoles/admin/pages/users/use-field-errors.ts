import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { ApiError } from '../../../kit/api/api-error.js';
import { useErrorText } from '../../../kit/feedback/error-state.js';
import type { UserFormValues } from './user-form-values.js';
import type { ProfileField } from './user-representation.js';

/** Shows what the server does not take beside the field that it names. */
export function useFieldErrors(
  error: unknown,
  fields: readonly ProfileField[],
  { setError }: UseFormReturn<UserFormValues>,
): void {
  const textOf = useErrorText();
  useEffect(() => {
    if (!(error instanceof ApiError) || error.field === undefined) return;
    const index = fields.findIndex(({ name }) => name === error.field);
    if (index >= 0) setError(`fields.${index}`, { message: textOf(error) }, { shouldFocus: true });
    // Once for each answer of the server.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [error]);
}
