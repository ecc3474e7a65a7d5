import { useEffect, useMemo } from 'react';
import { useForm, type DefaultValues, type FieldValues, type UseFormReturn } from 'react-hook-form';

/** A form, and what is saved of it. */
interface SavedForm<T extends FieldValues> {
  readonly form: UseFormReturn<T>;
  readonly before: T;
}

/**
 * A form over what the server has. What changes there is taken over, but for what was typed. What is read again and is the same changes
 * nothing: a list that is typed into counts as one value, and would be lost.
 * @param saved as JSON has it
 */
export function useSavedForm<T extends FieldValues>(saved: T): SavedForm<T> {
  const known = JSON.stringify(saved);
  const before = useMemo(() => JSON.parse(known) as T, [known]);
  const form = useForm<T>({ defaultValues: before as DefaultValues<T> });
  const { reset } = form;
  useEffect(() => reset(before, { keepDirtyValues: true }), [reset, before]);
  return { form, before };
}
