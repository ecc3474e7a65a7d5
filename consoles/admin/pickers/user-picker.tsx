import type { ReactNode } from 'react';
import { Picker } from '../../kit/fields/picker.js';
import type { FieldText } from '../../kit/fields/field.js';
import { useRealmApi, useRealmName } from '../admin-context.js';

/** Answers shown at a time. */
const SHOWN = 10;

/** A user as it is picked. */
export interface PickedUser {
  readonly id: string;
  readonly username: string;
  readonly email?: string;
}

interface UserPickerProps extends FieldText {
  readonly value: PickedUser | undefined;
  readonly onChange: (user: PickedUser | undefined) => void;
  readonly required?: boolean;
}

/** Picks a user of the realm by name or address. */
export function UserPicker(props: UserPickerProps): ReactNode {
  const api = useRealmApi();
  const realm = useRealmName();
  return (
    <Picker
      {...props}
      queryKey={['users', realm, 'pick']}
      search={(text, signal) =>
        api.get<readonly PickedUser[]>(
          '/users',
          { search: text || undefined, briefRepresentation: true, first: 0, max: SHOWN },
          signal,
        )
      }
      idOf={({ id }) => id}
      nameOf={({ username }) => username}
      detailOf={({ email = '' }) => email}
    />
  );
}
