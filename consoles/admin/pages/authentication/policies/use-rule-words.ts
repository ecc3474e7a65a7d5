import type { PasswordPolicyType } from '../../../use-server-info.js';
import { en } from './messages/en.js';
import { useText } from './messages/use-text.js';

/** How a policy is called, and what it asks for. */
export interface RuleWords {
  readonly label: string;
  readonly about?: string;
}

type Key = keyof typeof en;
const isKey = (text: string): text is Key => Object.hasOwn(en, text);

/** Words for kinds of password policy: our own, the server's for kinds that came later, and what to know of those it does not have. */
export function useRuleWords(types: readonly PasswordPolicyType[]): (kind: string) => RuleWords {
  const t = useText();
  return (kind) => {
    const type = types.find(({ id }) => id === kind);
    if (!type) return { label: kind, about: t('rule.unknown') };
    const [label, about] = [`rule.${kind}`, `rule.${kind}.about`];
    return { label: isKey(label) ? t(label) : type.displayName, ...(isKey(about) && { about: t(about) }) };
  };
}
