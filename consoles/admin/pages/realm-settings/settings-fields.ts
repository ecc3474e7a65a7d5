import type { MessageKey } from './messages/use-text.js';
import type { FlagMember, NumberMember, RealmRepresentation, TextMember } from './realm-representation.js';

/** A setting of the realm: which member, how it is shown. Its words are the messages `<name>` and `<name>.about`. */
export type SettingField = (
  | { readonly kind: 'text'; readonly name: TextMember; readonly disabled?: true }
  | { readonly kind: 'flag'; readonly name: FlagMember }
  | { readonly kind: 'number'; readonly name: NumberMember; readonly min?: number; readonly unit?: MessageKey }
  | {
      readonly kind: 'duration';
      readonly name: NumberMember;
      /** What holds while this is not set (0). Without it a duration has to be set. */
      readonly inherits?: NumberMember;
    }
  | {
      readonly kind: 'choice';
      readonly name: TextMember;
      readonly choices: readonly { readonly value: string; readonly label: MessageKey | { readonly plain: string } }[];
    }
) & {
  /** Shown only while this member is on. */
  readonly when?: FlagMember;
};

/** Settings that belong together. */
export interface SettingGroup {
  readonly title: MessageKey;
  readonly about?: MessageKey;
  readonly fields: readonly SettingField[];
}

/** What is wrong between settings, by the member to change. */
export type SettingProblems = Partial<Record<keyof RealmRepresentation, MessageKey>>;
