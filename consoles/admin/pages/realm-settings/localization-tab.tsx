import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { FieldSet } from '../../../kit/fields/field-set.js';
import { Select } from '../../../kit/fields/select.js';
import { Checkbox, Switch } from '../../../kit/fields/switch.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { useLocale } from '../../../kit/i18n/locale.js';
import { SaveActions } from '../../../kit/layout/save-actions.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useServerInfo } from '../../use-server-info.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';
import type { RealmRepresentation } from './realm-representation.js';
import { useRealmSettings, useSaveRealm } from './use-realm-settings.js';

interface Languages {
  readonly internationalizationEnabled: boolean;
  readonly supportedLocales: readonly string[];
  /** Empty where none is chosen. */
  readonly defaultLocale: string;
}

/** The languages of the realm's pages and mails. */
export function LocalizationTab(): ReactNode {
  const realm = useRealmSettings();
  const info = useServerInfo();
  const problem = realm.error ?? info.error;
  if (problem)
    return <ErrorNotice error={problem} onRetry={() => void Promise.all([realm.refetch(), info.refetch()])} />;
  if (!realm.data || !info.data) return <Skeleton />;
  const shipped = info.data.themes.login.flatMap(({ locales = [] }) => locales);
  return <LanguagesForm key={realm.data.realm} saved={realm.data} shipped={shipped} />;
}

interface LanguagesFormProps {
  readonly saved: RealmRepresentation;
  /** Languages that the server has words for. */
  readonly shipped: readonly string[];
}

function LanguagesForm({ saved, shipped }: LanguagesFormProps): ReactNode {
  const t = useText();
  const { locale } = useLocale();
  const readOnly = !useMay()('manage-realm');
  const save = useSaveRealm();
  const { form, before, isDirty, settle } = useSavedForm(languagesOf(saved));
  const { register, control, handleSubmit, formState, reset } = form;
  const [isOn, supported, chosen] = useWatch({
    control,
    name: ['internationalizationEnabled', 'supportedLocales', 'defaultLocale'],
  });
  const known = [...new Set([...shipped, ...before.supportedLocales])];
  const nameOf = (tag: string): string => {
    const name = languageName(tag, locale);
    return shipped.includes(tag.split('-')[0] ?? tag) ? name : t('locale.noWords', { name });
  };
  const offered = isOn ? known.filter((tag) => supported.includes(tag)) : known;
  const submit = handleSubmit((entered) => {
    const { defaultLocale, ...rest } = entered;
    save.mutate(defaultLocale === '' ? rest : entered, { onSuccess: () => settle(entered) });
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack>
        <Panel title={t('localization')} description={t('localization.about')}>
          <Switch
            label={t('internationalizationEnabled')}
            description={t('internationalizationEnabled.about')}
            disabled={readOnly}
            {...register('internationalizationEnabled')}
          />
          {isOn && (
            <FieldSet legend={t('supportedLocales')} error={formState.errors.supportedLocales?.message}>
              {known.map((tag) => (
                <Checkbox
                  key={tag}
                  label={nameOf(tag)}
                  value={tag}
                  disabled={readOnly}
                  {...register('supportedLocales', {
                    validate: (tags, { internationalizationEnabled }) =>
                      !internationalizationEnabled || tags.length > 0 || t('locale.needed'),
                  })}
                />
              ))}
            </FieldSet>
          )}
          <Select
            label={t('defaultLocale')}
            description={t('defaultLocale.about')}
            disabled={readOnly}
            choices={[
              ...(before.defaultLocale === '' ? [{ value: '', label: t('locale.none') }] : []),
              ...[...new Set([...offered, ...(chosen === '' ? [] : [chosen])])].map((tag) => ({
                value: tag,
                label: nameOf(tag),
              })),
            ]}
            {...register('defaultLocale')}
          />
        </Panel>
        {save.error && <ErrorNotice error={save.error} />}
        {!readOnly && <SaveActions busy={save.isPending} isDirty={isDirty} onUndo={() => reset(before)} />}
      </Stack>
    </form>
  );
}

const languagesOf = (realm: RealmRepresentation): Languages => ({
  internationalizationEnabled: realm.internationalizationEnabled,
  supportedLocales: realm.supportedLocales,
  defaultLocale: realm.defaultLocale ?? '',
});

/** `German`; the tag itself where it is none. */
function languageName(tag: string, locale: string): string {
  try {
    const name = new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return tag;
  }
}
