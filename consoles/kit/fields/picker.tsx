import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useKitText } from '../messages/use-kit-text.js';
import { classes } from '../style/classes.js';
import { Field, type FieldText } from './field.js';
import fieldStyles from './field.module.css';
import styles from './picker.module.css';

/** How long typing may rest before the server is asked, in milliseconds. */
const PAUSE_MS = 200;

interface PickerProps<T> extends FieldText {
  readonly value: T | undefined;
  readonly onChange: (value: T | undefined) => void;
  /** The first few that fit the text, as the server finds them. */
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly T[]>;
  /** Begins the key under which answers are kept. */
  readonly queryKey: readonly unknown[];
  readonly idOf: (value: T) => string;
  readonly nameOf: (value: T) => string;
  /** What tells apart those with like names. */
  readonly detailOf?: (value: T) => string;
  readonly placeholder?: string;
  readonly required?: boolean;
}

/** Picks one out of many (WAI-ARIA combobox): what is typed is searched by the server; arrows go through the answers, Enter picks. */
export function Picker<T>(props: PickerProps<T>): ReactNode {
  const { label, description, error, hideLabel = false, value, onChange, search, queryKey, idOf, nameOf } = props;
  const { detailOf, placeholder, required = false } = props;
  const t = useKitText();
  const [text, setText] = useState('');
  const [searched, setSearched] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setSearched(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: [...queryKey, searched],
    queryFn: ({ signal }) => search(searched, signal),
    enabled: open,
  });
  const options = found.data ?? [];
  const pick = (option: T): void => {
    onChange(option);
    setText('');
    setOpen(false);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (open) setActive(Math.min(Math.max(active + step, 0), options.length - 1));
      setOpen(true);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const option = options[active];
      if (option !== undefined && searched === text.trim()) pick(option);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <Field label={label} description={description} error={error} hideLabel={hideLabel}>
      {(ids) => {
        const list = `${ids.id}-list`;
        const current = options[active];
        return (
          <div className={styles.frame}>
            <input
              {...ids}
              role="combobox"
              aria-expanded={open}
              aria-controls={list}
              aria-autocomplete="list"
              aria-activedescendant={open && current !== undefined ? `${list}-${active}` : undefined}
              aria-required={required}
              autoComplete="off"
              spellCheck={false}
              className={fieldStyles.control}
              placeholder={placeholder ?? t('typeToSearch')}
              value={value === undefined ? text : nameOf(value)}
              onFocus={() => value === undefined && setOpen(true)}
              onClick={() => value === undefined && setOpen(true)}
              onBlur={() => setOpen(false)}
              onKeyDown={onKey}
              onChange={({ currentTarget }) => {
                setText(currentTarget.value);
                setActive(0);
                setOpen(true);
                if (value !== undefined) onChange(undefined);
              }}
            />
            <div
              id={list}
              role="listbox"
              tabIndex={-1}
              aria-label={label}
              className={styles.list}
              hidden={!open}
              // The field keeps the focus: a blur would close the list before the click arrives.
              onMouseDown={(event) => event.preventDefault()}
            >
              {options.map((option, index) => (
                // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus and takes the keys
                <div
                  key={idOf(option)}
                  id={`${list}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === active}
                  className={classes(styles.option, index === active && styles.active)}
                  onClick={() => pick(option)}
                >
                  <span>{nameOf(option)}</span>
                  {detailOf && <span className={styles.detail}>{detailOf(option)}</span>}
                </div>
              ))}
              {options.length === 0 && (
                <div role="option" aria-selected={false} aria-disabled className={styles.none}>
                  {t(found.error ? 'unreachable' : found.isPending ? 'loading' : 'nothingFound')}
                </div>
              )}
            </div>
          </div>
        );
      }}
    </Field>
  );
}
