import { useState, type ReactNode } from 'react';
import { Select } from '../../../../kit/fields/select.js';
import { TextField } from '../../../../kit/fields/text-field.js';
import { Muted } from '../../../../kit/layout/stack.js';
import { FormDialog } from '../../../../kit/overlays/form-dialog.js';
import { useRealmApi } from '../../../admin-context.js';
import { ConfigFields } from '../../../flows/config-fields.js';
import { useDeed } from '../../../use-deed.js';
import type { ComponentType } from '../../../use-server-info.js';
import {
  configOf,
  firstTexts,
  KEY_PROVIDER_TYPE,
  wrongMembers,
  type ConfigTexts,
  type KeyProperty,
  type KeyProvider,
} from './key-provider.js';
import { en } from './messages/en.js';
import { useText } from './messages/use-text.js';

/** What most realms want next: a key to sign with. */
const FIRST_KIND = 'rsa-generated';

interface KeyProviderDialogProps {
  readonly kinds: readonly ComponentType[];
  /** Absent for a new one. */
  readonly provider?: KeyProvider | undefined;
  readonly onClose: () => void;
}

/** A key provider with the settings that the server describes for its kind. */
export function KeyProviderDialog({ kinds, provider, onClose }: KeyProviderDialogProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const [kindId, setKindId] = useState(provider?.providerId ?? FIRST_KIND);
  const [name, setName] = useState(provider?.name);
  const [changed, setChanged] = useState<ConfigTexts>({});
  const [wasSent, setWasSent] = useState(false);
  const kind = kinds.find(({ id }) => id === kindId) ?? kinds[0];
  const save = useDeed(
    ['keys'],
    (body: object) =>
      provider ? api.put(`/components/${encodeURIComponent(provider.id)}`, body) : api.post('/components', body),
    t('saved'),
  );
  if (!kind) return null;
  const texts = { ...firstTexts(kind, provider), ...changed };
  const wrong = wrongMembers(kind, texts);
  const given = (name ?? kindId).trim();
  const submit = (): void => {
    setWasSent(true);
    if (given === '' || Object.keys(wrong).length > 0) return;
    const body = { name: given, providerId: kindId, providerType: KEY_PROVIDER_TYPE, config: configOf(kind, texts) };
    save.mutate(provider ? { ...provider, ...body } : body, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={provider ? t('editOf', { name: provider.name }) : t('add')}
      action={t(provider ? 'save' : 'add')}
      busy={save.isPending}
      error={save.error}
      noValidate
      onSubmit={submit}
      onClose={onClose}
    >
      {!provider && (
        <Select
          label={t('kind')}
          value={kindId}
          choices={kinds.map(({ id }) => ({ value: id, label: kindName(id, t) }))}
          onChange={({ currentTarget }) => {
            setKindId(currentTarget.value);
            setChanged({});
            setWasSent(false);
            save.reset();
          }}
        />
      )}
      <TextField
        label={t('name')}
        value={name ?? kindId}
        error={wasSent && given === '' ? t('needed') : undefined}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <ConfigFields
        properties={kind.properties.map((property) => shown(property, t))}
        values={texts}
        blank={t('standard')}
        errors={
          wasSent ? Object.fromEntries(Object.entries(wrong).map(([member, problem]) => [member, t(problem)])) : {}
        }
        onChange={(member, text) => setChanged((before) => ({ ...before, [member]: text }))}
      />
      {provider && <Muted>{t('another')}</Muted>}
    </FormDialog>
  );
}

type Text = ReturnType<typeof useText>;
type Key = keyof typeof en;
const isKey = (text: string): text is Key => Object.hasOwn(en, text);

const kindName = (id: string, t: Text): string => {
  const key = `kind.${id}`;
  return isKey(key) ? `${t(key)} (${id})` : id;
};

/** A member in the language of the page. Keys that somebody brings are texts of many lines. */
function shown(property: KeyProperty, t: Text): KeyProperty {
  const [label, about] = [`config.${property.name}`, `config.${property.name}.about`];
  const isLong = ['privateKey', 'certificate'].includes(property.name);
  return {
    ...property,
    ...(isKey(label) && { label: t(label) }),
    ...(isKey(about) && { helpText: t(about) }),
    ...(isLong && { type: 'Text' as const }),
  };
}
