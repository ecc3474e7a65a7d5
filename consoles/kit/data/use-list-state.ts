import { useState } from 'react';
import type { ListAddress } from './use-list-address.js';

/** Where one is in a list that the address does not speak of: that of a dialog, or of a part of a page. A new search begins at the first page. */
export function useListState(): Pick<ListAddress, 'search' | 'first' | 'onSearch' | 'onPage'> {
  const [{ search, first }, setPlace] = useState({ search: '', first: 0 });
  return {
    search,
    first,
    onSearch: (text) => setPlace({ search: text, first: 0 }),
    onPage: (page) => setPlace({ search, first: page }),
  };
}
