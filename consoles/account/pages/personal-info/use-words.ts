import { useQuery } from '@tanstack/react-query';
import type { Problem } from '../../../kit/api/api-error.js';
import { useLocale } from '../../../kit/i18n/locale.js';
import { formatMessage } from '../../../kit/i18n/messages.js';
import { useAccount } from '../../account-context.js';
import { useText } from './messages/use-text.js';

interface Words {
  /** What an administrator wrote: literal, or `${key}` of a message. */
  readonly label: (text: string) => string;
  readonly problem: (problem: Problem) => string;
}

const KEY = /^\$\{([^}]+)\}$/;
/** Attributes that every realm has, in the console's own words, unless the realm has words of its own. */
const OWN = ['username', 'email', 'firstName', 'lastName', 'locale'] as const;

/** Words of the realm about profiles: its own, and what the login pages say about values that cannot be taken. */
export function useWords(): Words {
  const t = useText();
  const { words } = useAccount();
  const { locale } = useLocale();
  const bundle = useQuery({
    queryKey: ['words', locale],
    queryFn: async ({ signal }) => {
      const texts = await words.get<readonly { readonly key: string; readonly value: string }[]>(
        `/${locale}`,
        {},
        signal,
      );
      return new Map(texts.map(({ key, value }) => [key, value]));
    },
    staleTime: Infinity,
  });
  const label = (text: string): string => {
    const key = KEY.exec(text)?.[1];
    if (key === undefined) return text;
    const own = OWN.find((name) => name === key);
    return bundle.data?.get(key) ?? (own === undefined ? key : t(own));
  };
  const problem = ({ key, params }: Problem): string => {
    const pattern = bundle.data?.get(key) ?? key;
    try {
      return formatMessage(pattern, locale, Object.fromEntries(params.map((param, index) => [index, label(param)])));
    } catch {
      // A realm's own sentence may be no format.
      return pattern;
    }
  };
  return { label, problem };
}
