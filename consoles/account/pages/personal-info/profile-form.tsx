import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ApiError, type Problem } from '../../../kit/api/api-error.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { FormActions } from '../../../kit/layout/form-actions.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useAccount } from '../../account-context.js';
import { AttributeField } from './attribute-field.js';
import { useText } from './messages/use-text.js';
import { groupsOf, profileBody, typedOf, type Profile } from './profile.js';
import { useWords } from './use-words.js';

/** What is typed, in the order of the profile: names of attributes may hold dots, which a form would take for paths. */
interface Typed {
  readonly values: readonly string[];
}

/** The profile to be changed. What the server does not take is told beside the fields, and stays as it was typed. */
export function ProfileForm({ profile }: { readonly profile: Profile }): ReactNode {
  const t = useText();
  const words = useWords();
  const { api } = useAccount();
  const cache = useQueryClient();
  const toast = useToast();
  const names = profile.userProfileMetadata.attributes.map(({ name }) => name);
  const { form, before, isDirty, settle } = useSavedForm<Typed>({
    values: names.map((name) => typedOf(profile, name)),
  });
  const save = useMutation({
    mutationFn: ({ values }: Typed) =>
      api.post('', profileBody(profile, new Map(names.map((name, index) => [name, values[index] ?? ''])))),
    onSuccess: async (_answer, typed) => {
      settle(typed);
      toast(t('saved'));
      await cache.invalidateQueries({ queryKey: ['profile'] });
    },
    onError: (error) => {
      const wrong = problemsOf(error).map(({ field }) => field);
      const first = names.findIndex((name) => wrong.includes(name));
      if (first >= 0) form.setFocus(`values.${first}`);
    },
  });
  const problems = problemsOf(save.error);
  const errorAt = (name: string): string | undefined => {
    const problem = problems.find(({ field }) => field === name);
    return problem && words.problem(problem);
  };
  const elsewhere = problems.filter(({ field }) => !names.includes(field));
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit((typed) => save.mutate(typed))(event)}>
      <Stack>
        {save.error && problems.length === 0 && <ErrorNotice error={save.error} />}
        {problems.length > 0 && (
          <Notice kind="danger" title={t('refused')}>
            <p>{t('refusedAbout', { count: problems.length })}</p>
            {elsewhere.map((problem) => (
              <p key={problem.field}>
                {problem.field}: {words.problem(problem)}
              </p>
            ))}
          </Notice>
        )}
        {groupsOf(profile).map(({ group, attributes }) => (
          <Panel
            key={group?.name ?? ''}
            {...(group && { title: words.label(group.displayHeader || group.name) })}
            {...(group?.displayDescription && { description: words.label(group.displayDescription) })}
          >
            {attributes.map((attribute) => (
              <AttributeField
                key={attribute.name}
                attribute={attribute}
                note={attribute.name === 'email' && isUnverified(profile) ? t('emailUnverified') : undefined}
                error={errorAt(attribute.name)}
                input={form.register(`values.${names.indexOf(attribute.name)}`)}
              />
            ))}
          </Panel>
        ))}
        <FormActions>
          <Button look="primary" type="submit" busy={save.isPending}>
            {t('save')}
          </Button>
          {isDirty && (
            <Button
              onClick={() => {
                form.reset(before);
                save.reset();
              }}
            >
              {t('discard')}
            </Button>
          )}
        </FormActions>
      </Stack>
    </form>
  );
}

const problemsOf = (error: unknown): readonly Problem[] => (error instanceof ApiError ? error.problems : []);

const isUnverified = ({ email, emailVerified }: Profile): boolean => Boolean(email) && emailVerified === false;
