import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Select } from '../../kit/fields/select.js';
import { Switch } from '../../kit/fields/switch.js';
import { TextField } from '../../kit/fields/text-field.js';
import { FormDialog } from '../../kit/overlays/form-dialog.js';
import { firstConfig, type Mapper, type MapperKind, type MapperProperty } from './mapper.js';
import { useText } from './messages/use-text.js';

interface MapperDialogProps {
  /** Undefined for a new one. */
  readonly mapper: Mapper | undefined;
  readonly kinds: readonly MapperKind[];
  readonly save: (mapper: Mapper) => Promise<unknown>;
  readonly onClose: () => void;
}

/** A mapper and its config, drawn from what the server says of its kind. */
export function MapperDialog({ mapper, kinds, save, onClose }: MapperDialogProps): ReactNode {
  const t = useText();
  const [kindId, setKindId] = useState(mapper?.protocolMapper ?? kinds[0]?.id ?? '');
  const kind = kinds.find(({ id }) => id === kindId);
  const [name, setName] = useState(mapper?.name ?? '');
  const [config, setConfig] = useState<Readonly<Record<string, string>>>(
    () => mapper?.config ?? (kind ? firstConfig(kind) : {}),
  );
  const [wasSent, setWasSent] = useState(false);
  const saving = useMutation({ mutationFn: save, onSuccess: onClose });
  const submit = (): void => {
    setWasSent(true);
    if (name.trim() === '') return;
    saving.mutate({ ...mapper, name: name.trim(), protocol: 'openid-connect', protocolMapper: kindId, config });
  };
  return (
    <FormDialog
      wide
      title={mapper ? t('edit', { name: mapper.name }) : t('add')}
      action={t('save')}
      busy={saving.isPending}
      error={saving.error}
      noValidate
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        label={t('kind')}
        disabled={mapper !== undefined}
        value={kindId}
        choices={kinds.map(({ id, name: label }) => ({ value: id, label }))}
        onChange={({ currentTarget }) => {
          const next = kinds.find(({ id }) => id === currentTarget.value);
          setKindId(currentTarget.value);
          if (next) setConfig(firstConfig(next));
        }}
      />
      <TextField
        label={t('name')}
        value={name}
        error={wasSent && name.trim() === '' ? t('required') : undefined}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      {kind?.properties.map((property) => (
        <PropertyField
          key={property.name}
          property={property}
          value={config[property.name] ?? ''}
          onChange={(value) => setConfig({ ...config, [property.name]: value })}
        />
      ))}
    </FormDialog>
  );
}

interface PropertyFieldProps {
  readonly property: MapperProperty;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function PropertyField({ property, value, onChange }: PropertyFieldProps): ReactNode {
  const { label, helpText, type, options = [] } = property;
  const about = { label, ...(helpText !== undefined && { description: helpText }) };
  if (type === 'boolean')
    return (
      <Switch
        {...about}
        checked={value === 'true'}
        onChange={({ currentTarget }) => onChange(String(currentTarget.checked))}
      />
    );
  if (type === 'List')
    return (
      <Select
        {...about}
        value={value}
        choices={options.map((option) => ({ value: option, label: option }))}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  return <TextField code {...about} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
}
