import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Icon } from '../layout/icon.js';
import { classes } from '../style/classes.js';
import styles from './field.module.css';

/** How long typing may rest before the search runs, in milliseconds. */
const PAUSE_MS = 250;

interface SearchFieldProps {
  /** What is searched, by what. */
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Called when typing has rested, and at once on Enter. */
  readonly onSearch: (text: string) => void;
}

/** Text that narrows a list. */
export function SearchField({ label, placeholder = label, value, onSearch }: SearchFieldProps): ReactNode {
  const [text, setText] = useState(value);
  const [given, setGiven] = useState(value);
  const timer = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (value !== given) {
    // Changed from outside: a link, the browser's back.
    setGiven(value);
    setText(value);
  }
  const search = (next: string, pause: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setGiven(next.trim());
      onSearch(next.trim());
    }, pause);
  };
  return (
    <form
      role="search"
      className={styles.search}
      onSubmit={(event) => {
        event.preventDefault();
        search(text, 0);
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={placeholder}
        className={classes(styles.control)}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          search(currentTarget.value, PAUSE_MS);
        }}
      />
    </form>
  );
}
