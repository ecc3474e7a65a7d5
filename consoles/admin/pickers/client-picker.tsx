import type { ReactNode } from 'react';
import { Picker } from '../../kit/fields/picker.js';
import type { FieldText } from '../../kit/fields/field.js';
import { useRealmApi, useRealmName } from '../admin-context.js';

/** Answers shown at a time. */
const SHOWN = 10;

/** A client as it is picked. */
export interface PickedClient {
  /** Internal id. */
  readonly id: string;
  readonly clientId: string;
  readonly name?: string;
  /** Flows of its own, by door. */
  readonly authenticationFlowBindingOverrides?: Readonly<Record<string, string>>;
}

interface ClientPickerProps extends FieldText {
  readonly value: PickedClient | undefined;
  readonly onChange: (client: PickedClient | undefined) => void;
  readonly placeholder?: string;
  readonly required?: boolean;
}

/** Picks a client of the realm by its clientId. */
export function ClientPicker(props: ClientPickerProps): ReactNode {
  const api = useRealmApi();
  const realm = useRealmName();
  return (
    <Picker
      {...props}
      queryKey={['clients', realm, 'pick']}
      search={(text, signal) =>
        api.get<readonly PickedClient[]>(
          '/clients',
          { clientId: text || undefined, search: true, first: 0, max: SHOWN },
          signal,
        )
      }
      idOf={({ id }) => id}
      nameOf={({ clientId }) => clientId}
      detailOf={({ name = '' }) => (name.startsWith('${') ? '' : name)}
    />
  );
}
