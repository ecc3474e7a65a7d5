import type { ReactNode } from 'react';
import { FormProvider, useWatch } from 'react-hook-form';
import { ApiError } from '../../../kit/api/api-error.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { SaveActions } from '../../../kit/layout/save-actions.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Columns, Stack } from '../../../kit/layout/stack.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';
import type { RealmRepresentation } from './realm-representation.js';
import { SettingInput } from './setting-input.js';
import type { SettingField, SettingGroup, SettingProblems } from './settings-fields.js';
import { useRealmSettings, useSaveRealm } from './use-realm-settings.js';

interface SettingsFormProps {
  readonly groups: readonly SettingGroup[];
  /** What is wrong between the values. */
  readonly check?: (values: RealmRepresentation) => SettingProblems;
}

/** A part of the realm's settings as a form. */
export function SettingsForm(props: SettingsFormProps): ReactNode {
  const realm = useRealmSettings();
  if (realm.error) return <ErrorNotice error={realm.error} onRetry={() => void realm.refetch()} />;
  if (!realm.data) return <Skeleton lines={8} />;
  return <LoadedForm key={realm.data.realm} {...props} saved={realm.data} />;
}

function LoadedForm({ groups, check, saved }: SettingsFormProps & { readonly saved: RealmRepresentation }): ReactNode {
  const t = useText();
  const may = useMay();
  const save = useSaveRealm();
  const { form, isDirty, settle } = useSavedForm<RealmRepresentation>(saved);
  const { reset, setError, formState } = form;
  const { dirtyFields } = formState;
  const values = useWatch({ control: form.control }) as RealmRepresentation;
  const problems = check?.(values) ?? {};
  const fields = groups.flatMap((group) => group.fields);
  const readOnly = !may('manage-realm');

  const submit = form.handleSubmit(async (entered) => {
    const changed = fields.map(({ name }) => name).filter((name) => dirtyFields[name] === true);
    const members = Object.fromEntries(changed.map((name) => [name, entered[name]])) as Partial<RealmRepresentation>;
    try {
      await save.mutateAsync(members);
      settle(entered);
    } catch (error) {
      const wrong = error instanceof ApiError && fields.find(({ name }) => name === error.field);
      if (wrong) setError(wrong.name, { message: error.sentence });
    }
  });

  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          {groups.map(({ title, about, fields: inGroup }) => (
            <Panel key={title} title={t(title)} {...(about && { description: t(about) })}>
              <Arranged fields={inGroup}>
                {inGroup.map((field) => {
                  const problem = problems[field.name];
                  return (
                    <SettingInput key={field.name} field={field} readOnly={readOnly} problem={problem && t(problem)} />
                  );
                })}
              </Arranged>
            </Panel>
          ))}
          {save.error && <ErrorNotice error={save.error} />}
          {!readOnly && (
            <SaveActions
              busy={save.isPending}
              isDirty={isDirty}
              isWrong={Object.keys(problems).length > 0}
              onUndo={() => reset(saved)}
            />
          )}
        </Stack>
      </form>
    </FormProvider>
  );
}

/** Values side by side; switches, whose sentences are longer, one below the other. */
function Arranged({
  fields,
  children,
}: {
  readonly fields: readonly SettingField[];
  readonly children: ReactNode;
}): ReactNode {
  return fields.some(({ kind }) => kind === 'flag') ? children : <Columns>{children}</Columns>;
}
