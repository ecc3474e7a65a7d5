import type { UseFormReturn } from 'react-hook-form';
import { ApiError } from '../../../kit/api/api-error.js';
import { useErrorText } from '../../../kit/feedback/error-state.js';
import type { UserFormValues } from './user-form-values.js';
import type { ProfileField } from './user-representation.js';

/** Shows what the server does not take beside the field that it names. */
export function useFieldError(
  fields: readonly ProfileField[],
  { setError }: UseFormReturn<UserFormValues>,
): (error: unknown) => void {
  const textOf = useErrorText();
  return (error) => {
    if (!(error instanceof ApiError) || error.field === undefined) return;
    const index = fields.findIndex(({ name }) => name === error.field);
    if (index >= 0) setError(`fields.${index}`, { message: textOf(error) }, { shouldFocus: true });
  };
}
