import { useEffect, useMemo } from 'react';
import { useForm, type DefaultValues, type FieldValues, type UseFormProps, type UseFormReturn } from 'react-hook-form';
import { useUnsaved } from '../shell/leave-guard.js';

/** A form, and what is saved of it. */
interface SavedForm<T extends FieldValues> {
  readonly form: UseFormReturn<T>;
  readonly before: T;
  /** Something is typed that is not saved. */
  readonly isDirty: boolean;
  /** These values are saved now; what was typed meanwhile stays. */
  readonly settle: (values: T) => void;
}

/**
 * A form over what the server has. What changes there is taken over, but for what was typed. What is read again and is the same changes
 * nothing: a list that is typed into counts as one value, and would be lost. Who leaves the page before it is saved is asked.
 * @param saved as JSON has it
 */
export function useSavedForm<T extends FieldValues>(
  saved: T,
  options: Pick<UseFormProps, 'disabled'> = {},
): SavedForm<T> {
  const known = JSON.stringify(saved);
  const before = useMemo(() => JSON.parse(known) as T, [known]);
  const form = useForm<T>({ ...options, defaultValues: before as DefaultValues<T> });
  const { reset, resetDefaultValues: settle } = form;
  useEffect(() => {
    reset(before, { keepDirtyValues: true });
    // What was kept counts as typed only where it differs from what is saved now.
    settle(before);
  }, [reset, settle, before]);
  const isDirty = hasMark(form.formState.dirtyFields);
  useUnsaved(isDirty);
  return { form, before, isDirty, settle };
}

/** Marks of fields stand in objects and lists as their values do. */
const hasMark = (marks: unknown): boolean =>
  typeof marks === 'object' && marks !== null ? Object.values(marks).some(hasMark) : marks === true;
