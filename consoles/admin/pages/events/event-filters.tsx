import type { ReactNode } from 'react';
import { Select, type Choice } from '../../../kit/fields/select.js';
import { TextField } from '../../../kit/fields/text-field.js';
import type { ListAddress } from '../../../kit/data/use-list-address.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Columns } from '../../../kit/layout/stack.js';
import { useText } from './messages/use-text.js';

interface EventFiltersProps {
  readonly list: ListAddress;
  /** Types of events, or of operations. */
  readonly types: readonly Choice[];
  /** Filters by text: the name in the query, and what is searched. */
  readonly texts: readonly { readonly name: string; readonly label: string }[];
}

/** What narrows a list of events; part of the address. A text counts when the field is left, or on Enter. */
export function EventFilters({ list, types, texts }: EventFiltersProps): ReactNode {
  const t = useText();
  return (
    <Panel title={t('filters')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
        }}
      >
        <Columns>
          <Select
            label={t('type')}
            value={list.filter('type')}
            choices={[{ value: '', label: t('anyType') }, ...types]}
            onChange={({ currentTarget }) => list.onFilter('type', currentTarget.value)}
          />
          {texts.map(({ name, label }) => (
            <TextField
              key={`${name} ${list.filter(name)}`}
              label={label}
              defaultValue={list.filter(name)}
              onBlur={({ currentTarget }) => {
                const text = currentTarget.value.trim();
                if (text !== list.filter(name)) list.onFilter(name, text);
              }}
            />
          ))}
          {(['from', 'to'] as const).map((name) => (
            <TextField
              key={name}
              type="date"
              label={t(name)}
              value={list.filter(name)}
              onChange={({ currentTarget }) => list.onFilter(name, currentTarget.value)}
            />
          ))}
        </Columns>
      </form>
    </Panel>
  );
}
