import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import type { ListAddress } from '../../../kit/data/use-list-address.js';
import { Select } from '../../../kit/fields/select.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { Columns, Row, Stack } from '../../../kit/layout/stack.js';
import { useText } from './messages/use-text.js';

/** What sessions can be narrowed by. */
export type SessionFilterName = 'user' | 'client' | 'ipAddress' | 'from' | 'to' | 'kind';

const TEXTS = ['user', 'client', 'ipAddress'] as const;
const TIMES = ['from', 'to'] as const;

interface SessionFiltersProps {
  readonly list: ListAddress;
  readonly names: readonly SessionFilterName[];
}

/** Narrows a list of sessions; part of the address. A text counts when the field is left, or on Enter. */
export function SessionFilters({ list, names }: SessionFiltersProps): ReactNode {
  const t = useText();
  return (
    <form
      role="search"
      aria-label={t('filters')}
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        for (const name of TEXTS) {
          const value = fields.get(name);
          if (typeof value === 'string' && value.trim() !== list.filter(name)) list.onFilter(name, value.trim());
        }
      }}
    >
      <Stack>
        <Columns>
          {TEXTS.filter((name) => names.includes(name)).map((name) => (
            <TextField
              key={`${name} ${list.filter(name)}`}
              name={name}
              label={t(`filter.${name}`)}
              description={t(`filter.${name}.about`)}
              defaultValue={list.filter(name)}
              spellCheck={false}
              onBlur={({ currentTarget }) => {
                const text = currentTarget.value.trim();
                if (text !== list.filter(name)) list.onFilter(name, text);
              }}
            />
          ))}
          {TIMES.filter((name) => names.includes(name)).map((name) => (
            <TextField
              key={name}
              type="datetime-local"
              label={t(`filter.${name}`)}
              value={list.filter(name)}
              onChange={({ currentTarget }) => list.onFilter(name, currentTarget.value)}
            />
          ))}
          {names.includes('kind') && (
            <Select
              label={t('filter.kind')}
              value={list.filter('kind')}
              choices={[
                { value: '', label: t('filter.kind.online') },
                { value: 'offline', label: t('filter.kind.offline') },
              ]}
              onChange={({ currentTarget }) => list.onFilter('kind', currentTarget.value)}
            />
          )}
        </Columns>
        <Row>
          <Button type="submit" icon="search">
            {t('filter')}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
