import { useSearchParams } from 'react-router';

/** Rows that lists show at a time. */
export const PAGE_SIZE = 20;

/** Where in a list one is: part of the address, so that back, reload and links keep it. */
export interface ListAddress {
  readonly search: string;
  readonly first: number;
  readonly onSearch: (text: string) => void;
  readonly onPage: (first: number) => void;
  /** A filter of the list, by its name in the address; empty for none. */
  readonly filter: (name: string) => string;
  readonly onFilter: (name: string, value: string) => void;
}

/**
 * Reads and writes the search, the page and the filters of a list in the address. A new search begins at the first page. The window stays
 * where it is scrolled to.
 */
export function useListAddress(): ListAddress {
  const [params, setParams] = useSearchParams();
  const change = (name: string, value: string, keepsPage = false): void => {
    setParams(
      (present) => {
        const next = new URLSearchParams(present);
        if (value === '') next.delete(name);
        else next.set(name, value);
        if (!keepsPage) next.delete('first');
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  return {
    search: params.get('search') ?? '',
    first: Math.max(0, Number.parseInt(params.get('first') ?? '0', 10) || 0),
    onSearch: (text) => change('search', text),
    onPage: (first) => change('first', first === 0 ? '' : String(first), true),
    filter: (name) => params.get(name) ?? '',
    onFilter: (name, value) => change(name, value),
  };
}
