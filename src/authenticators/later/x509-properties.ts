import type { ConfigProperty } from '../../engine/index.js';

const PREFIX = 'x509-cert-auth';

const property = (
  name: string,
  label: string,
  type: ConfigProperty['type'] = 'String',
  more: Pick<ConfigProperty, 'defaultValue' | 'options'> = {},
): ConfigProperty => ({ name: `${PREFIX}${name}`, label, type, ...more });

const flag = (name: string, label: string, defaultValue?: string): ConfigProperty =>
  property(name, label, 'boolean', defaultValue === undefined ? {} : { defaultValue });

/**
 * Settings of the two authenticators that sign in with a client certificate (Keycloak 26.7). They are described and kept, so that flows
 * of other servers can be read and edited; nothing reads them until these authenticators are built.
 */
export const X509_PROPERTIES: readonly ConfigProperty[] = [
  property('.mapping-source-selection', 'Where the identity stands', 'List', {
    defaultValue: 'Match SubjectDN using regular expression',
    options: [
      'Match SubjectDN using regular expression',
      "Subject's e-mail",
      "Subject's Alternative Name E-mail",
      "Subject's Alternative Name otherName (UPN)",
      "Subject's Common Name",
      'Match IssuerDN using regular expression',
      'Certificate Serial Number',
      'Certificate Serial Number and IssuerDN',
      'SHA-256 Thumbprint',
      'Full Certificate in PEM format',
    ],
  }),
  flag('.canonical-dn-enabled', 'Names in canonical form', 'false'),
  flag('.serialnumber-hex-enabled', 'Serial number in hexadecimal', 'false'),
  property('.regular-expression', 'Pattern with one group that is the identity', 'String', {
    defaultValue: '(.*?)(?:$)',
  }),
  property('.mapper-selection', 'How the user is found', 'List', {
    defaultValue: 'Custom Attribute Mapper',
    options: ['Custom Attribute Mapper', 'Username or Email'],
  }),
  property('.mapper-selection.user-attribute-name', 'User attribute', 'MultivaluedString', {
    defaultValue: 'usercertificate',
  }),
  flag('.timestamp-validation-enabled', 'Check the dates of the certificate', 'true'),
  flag('.crl-checking-enabled', 'Ask revocation lists'),
  flag('.crldp-checking-enabled', 'Ask the lists that the certificate names', 'false'),
  property('.crl-relative-path', 'Revocation lists', 'MultivaluedString', { defaultValue: 'crl.pem' }),
  flag('-crl-abort-if-non-updated', 'Refuse when a list is out of date', 'true'),
  flag('.ocsp-checking-enabled', 'Ask an OCSP responder'),
  flag('.ocsp-fail-open', 'Go on when no responder answers', 'false'),
  property('.ocsp-responder-uri', 'Address of the OCSP responder'),
  property('.ocsp-responder-certificate', 'Certificate of the OCSP responder', 'Text'),
  property('.keyusage', 'Key usages that are needed'),
  property('.extendedkeyusage', 'Extended key usages that are needed'),
  flag('.confirmation-page-disallowed', 'Do not ask for confirmation'),
  flag('.revalidate-certificate-enabled', 'Check the chain again'),
  property('.certificate-policy', 'Certificate policies that are needed'),
  property('.certificate-policy-mode', 'How many of the policies are needed', 'List', {
    defaultValue: 'All',
    options: ['All', 'Any'],
  }),
];
