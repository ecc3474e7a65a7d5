/** A hidden field, by name, that travels with a page's form. */
export type HiddenFields = Readonly<Record<string, string>>;

/** What every page of a login in progress may be told. */
interface LoginPageData {
  /** The name the person gave, shown once the user is known, with a way to start over. */
  readonly attemptedUsername?: string;
  readonly hidden?: HiddenFields;
}

/** A page of an action that an application asked for, and that the person may therefore leave undone. */
interface ActionPageData extends LoginPageData {
  readonly cancellable?: boolean;
}

/** One attribute of a profile. `label`: literal, `key` or `${key}`; of `multivalued` ones each line of `value` is one. */
interface ProfileField {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
  readonly options: readonly string[];
  readonly multivalued: boolean;
}

interface UsernamePageData {
  readonly hidden?: HiddenFields;
  readonly username?: string;
  /** Whether an e-mail address is as good as a name here. */
  readonly loginWithEmailAllowed?: boolean;
  readonly rememberMeAllowed?: boolean;
  readonly rememberMe?: boolean;
}

/** `data` of each page template, by template name. All of it is escaped; members left out are not shown. */
export interface PageData {
  login: UsernamePageData;
  'login-username': UsernamePageData;
  'login-password': LoginPageData;
  /** `credentials`: the user's devices, in their order; a choice is offered when there are several. */
  'login-otp': LoginPageData & {
    readonly credentials?: readonly { readonly id: string; readonly label: string }[];
    readonly selectedCredentialId?: string;
  };
  /** Named by the messages `<authenticator>` and `<authenticator>.help`, else by `label`. */
  'select-authenticator': LoginPageData & {
    readonly options: readonly {
      readonly executionId: string;
      readonly authenticator: string;
      readonly label?: string;
    }[];
  };
  /** `logoutSessions`: whether the box "sign out elsewhere" starts ticked (it does unless told otherwise). */
  'update-password': ActionPageData & { readonly username?: string; readonly logoutSessions?: boolean };
  /** `totpSecret` is the raw secret that is posted back, `manualKey` its Base32 form to type, `otpauthUri` what the QR code holds.
   * `logoutSessions` shows the box "sign out elsewhere", ticked or not; without it there is none. */
  'otp-setup': ActionPageData & {
    readonly totpSecret: string;
    readonly manualKey: string;
    readonly otpauthUri: string;
    readonly userLabel?: string;
    readonly type?: 'totp' | 'hotp';
    readonly digits?: number;
    readonly period?: number;
    readonly counter?: number;
    readonly algorithm?: string;
    readonly logoutSessions?: boolean;
  };
  'update-profile': ActionPageData & {
    readonly usernameEditable?: boolean;
    /** Which of the next four are shown. */
    readonly fields?: readonly string[];
    readonly username?: string;
    readonly email?: string;
    readonly firstName?: string;
    readonly lastName?: string;
    /** What else the profile of the realm asks for. */
    readonly attributes?: readonly ProfileField[];
  };
  /** `text`: the realm's own terms, literal or a message key; line breaks are kept. */
  terms: ActionPageData & { readonly text?: string };
  /** `scopes`: consent texts, literal, `key` or `${key}`. */
  consent: LoginPageData & { readonly clientName: string; readonly scopes: readonly string[] };
  'logout-confirm': { readonly hidden?: HiddenFields };
  'logged-out': Record<string, never>;
  /** `frames` are loaded by the browser; then the page goes to `continueUrl`, by the script with the `nonce`, where it is given. */
  'frontchannel-logout': {
    readonly frames: readonly { readonly url: string; readonly clientId: string }[];
    readonly continueUrl?: string;
    readonly nonce: string;
  };
  /** `actions`: names of the required actions that the link of a mail leads to, literal or message keys. */
  info: { readonly actions?: readonly string[] };
  /** Asks whose credentials are to be reset. */
  'reset-credentials': Pick<UsernamePageData, 'hidden' | 'username' | 'loginWithEmailAllowed'>;
  'verify-email': ActionPageData & { readonly email: string; readonly again?: boolean };
  /** Asks which device to remove. */
  'reset-otp': PageData['login-otp'];
  error: Record<string, never>;
  /** `continueUrl`: where the login goes on; `links.restart` is where it begins anew. */
  'page-expired': { readonly continueUrl: string };
  /** `parameters` are posted to `action`; `nonce` is the one of the page's Content-Security-Policy. */
  'form-post': { readonly parameters: HiddenFields; readonly nonce: string };
}

/** Names of the page templates. */
export type PageName = keyof PageData;
