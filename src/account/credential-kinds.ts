/** A kind of credential as consoles show it; texts are message keys of the console. */
export interface CredentialKind {
  readonly type: string;
  readonly category: 'basic-authentication' | 'two-factor';
  readonly displayName: string;
  readonly helptext: string;
  readonly iconCssClass: string;
  readonly removeable: boolean;
  /** Required action that makes another one. */
  readonly actionToAdd?: string;
  /** Required action that makes the first one. */
  readonly actionIfNone?: string;
  /** Required action that replaces the one there is. */
  readonly actionToChange?: string;
}

/** Kinds that people may have, in the order in which consoles show them. */
export const CREDENTIAL_KINDS: readonly CredentialKind[] = [
  {
    type: 'password',
    category: 'basic-authentication',
    displayName: 'password-display-name',
    helptext: 'password-help-text',
    iconCssClass: 'kcAuthenticatorPasswordClass',
    removeable: false,
    actionIfNone: 'UPDATE_PASSWORD',
    actionToChange: 'UPDATE_PASSWORD',
  },
  {
    type: 'otp',
    category: 'two-factor',
    displayName: 'otp-display-name',
    helptext: 'otp-help-text',
    iconCssClass: 'kcAuthenticatorOTPClass',
    removeable: true,
    actionToAdd: 'CONFIGURE_TOTP',
  },
];
