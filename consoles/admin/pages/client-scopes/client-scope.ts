/** A client scope (Admin API reference 5.8). */
export interface ClientScope {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly protocol?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What is edited of it. */
export interface ScopeValues {
  readonly name: string;
  readonly description: string;
  readonly inTokenScope: boolean;
  readonly onConsentScreen: boolean;
  readonly consentText: string;
}

const IN_TOKEN = 'include.in.token.scope';
const ON_CONSENT = 'display.on.consent.screen';
const CONSENT_TEXT = 'consent.screen.text';

export const scopeValues = ({ name, description = '', attributes = {} }: ClientScope): ScopeValues => ({
  name,
  description,
  inTokenScope: attributes[IN_TOKEN] !== 'false',
  onConsentScreen: attributes[ON_CONSENT] !== 'false',
  consentText: attributes[CONSENT_TEXT] ?? '',
});

/** The scope as it is sent; attributes that the form does not know stay. */
export const scopeBody = (values: ScopeValues, { attributes = {} }: Partial<ClientScope> = {}): object => ({
  name: values.name.trim(),
  description: values.description.trim(),
  protocol: 'openid-connect',
  attributes: {
    ...attributes,
    [IN_TOKEN]: String(values.inTokenScope),
    [ON_CONSENT]: String(values.onConsentScreen),
    [CONSENT_TEXT]: values.consentText.trim(),
  },
});
