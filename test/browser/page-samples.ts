import { randomBytes } from 'node:crypto';
import type { PageData, PageName } from '../../src/http/page-data.js';
import type { PageModel } from '../../src/http/page-model.js';
import type { JsonObject } from '../../src/shared/json.js';

/** A page as it may come up, with a name to find it by. */
export interface Sample {
  readonly name: string;
  readonly model: PageModel;
}

const LONG_NAME = 'maximiliana.wolfeschlegelsteinhausenbergerdorff@a-very-long-subdomain.accounts.example.org';
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** A page in English with links to the other languages; `more` replaces members of it. */
function samplePage<P extends PageName>(page: P, data: PageData[P], more: Partial<PageModel> = {}): PageModel {
  return {
    page,
    locale: 'en',
    realmName: 'acme',
    realmTitle: 'Acme Workshop',
    action: '/realms/acme/login-actions/authenticate?execution=1&tab_id=2',
    links: {
      restart: '/realms/acme/login-actions/restart?tab_id=2',
      locales: [
        { locale: 'en', label: 'English', url: '?kc_locale=en' },
        { locale: 'de', label: 'Deutsch', url: '?kc_locale=de' },
        { locale: 'es', label: 'Español', url: '?kc_locale=es' },
      ],
    },
    canTryAnotherWay: false,
    data: data as JsonObject,
    ...more,
  };
}

const error = (key: string, field?: string, values: Record<string, string | number> = {}): Partial<PageModel> => ({
  message: { key, values, kind: 'error' },
  ...(field === undefined ? {} : { field }),
});
const application = { url: '/', name: 'Payroll' };

/** Every page, plain and at its worst: errors, long texts, everything switched on. */
export const SAMPLES: readonly Sample[] = [
  { name: 'login', model: samplePage('login', { rememberMeAllowed: true }) },
  {
    name: 'login-wrong',
    model: samplePage(
      'login',
      { username: 'alice', loginWithEmailAllowed: true, rememberMeAllowed: true, rememberMe: true },
      error('invalidUserMessage', 'username'),
    ),
  },
  {
    name: 'login-forgot',
    model: samplePage('login', {}, { links: { forgot: '/forgot', restart: '/restart' } }),
  },
  { name: 'reset-credentials', model: samplePage('reset-credentials', {}, { links: { restart: '/restart' } }) },
  {
    name: 'reset-credentials-wrong',
    model: samplePage(
      'reset-credentials',
      { loginWithEmailAllowed: true },
      error('missingUsernameMessage', 'username'),
    ),
  },
  { name: 'verify-email', model: samplePage('verify-email', { email: 'alice@example.test' }) },
  {
    name: 'reset-otp',
    model: samplePage('reset-otp', {
      credentials: [
        { id: 'a', label: 'phone' },
        { id: 'b', label: '' },
      ],
      selectedCredentialId: 'a',
    }),
  },
  {
    name: 'info-link',
    model: samplePage(
      'info',
      { actions: ['Update Password', 'Configure OTP'] },
      { message: { key: 'confirmExecutionOfActions', kind: 'info' }, links: { proceed: '/proceed' } },
    ),
  },
  { name: 'login-username', model: samplePage('login-username', { rememberMeAllowed: true }) },
  {
    name: 'login-username-wrong',
    model: samplePage(
      'login-username',
      { username: LONG_NAME, loginWithEmailAllowed: true },
      { ...error('invalidUsernameOrEmailMessage', 'username'), canTryAnotherWay: true },
    ),
  },
  {
    name: 'login-password',
    model: samplePage('login-password', { attemptedUsername: 'alice' }, { canTryAnotherWay: true }),
  },
  {
    name: 'login-password-wrong',
    model: samplePage(
      'login-password',
      { attemptedUsername: LONG_NAME },
      {
        ...error('invalidPasswordMessage', 'password'),
        realmTitle: 'Donaudampfschifffahrtsgesellschaft International',
      },
    ),
  },
  {
    name: 'login-otp',
    model: samplePage('login-otp', { attemptedUsername: 'erin' }, { message: { key: 'reauthenticate', kind: 'info' } }),
  },
  {
    name: 'login-otp-wrong',
    model: samplePage(
      'login-otp',
      {
        attemptedUsername: 'erin',
        credentials: [
          { id: 'a', label: 'Phone' },
          { id: 'b', label: 'The old tablet in the drawer at home, second floor, left' },
          { id: 'c', label: '' },
        ],
        selectedCredentialId: 'b',
      },
      { ...error('invalidTotpMessage', 'otp'), canTryAnotherWay: true },
    ),
  },
  {
    name: 'select-authenticator',
    model: samplePage('select-authenticator', {
      attemptedUsername: 'erin',
      options: [
        { executionId: '1', authenticator: 'auth-password-form' },
        { executionId: '2', authenticator: 'auth-otp-form' },
        { executionId: '3', authenticator: 'company-badge', label: 'Company badge' },
      ],
    }),
  },
  {
    name: 'update-password',
    model: samplePage(
      'update-password',
      { username: 'dave' },
      { message: { key: 'updatePasswordMessage', kind: 'warning' } },
    ),
  },
  {
    name: 'update-password-wrong',
    model: samplePage(
      'update-password',
      { username: 'dave', cancellable: true, logoutSessions: false },
      error('invalidPasswordMinLengthMessage', 'password-new', { 0: 12 }),
    ),
  },
  {
    name: 'otp-setup',
    model: samplePage(
      'otp-setup',
      {
        totpSecret: 'raw',
        manualKey: SECRET.replace(/(.{4})(?=.)/g, '$1 '),
        otpauthUri: `otpauth://totp/Acme:erin?secret=${SECRET}&issuer=Acme`,
      },
      { message: { key: 'configureTotpMessage', kind: 'warning' } },
    ),
  },
  {
    name: 'otp-setup-wrong',
    model: samplePage(
      'otp-setup',
      {
        totpSecret: 'raw',
        manualKey: SECRET,
        otpauthUri: `otpauth://hotp/Acme:${LONG_NAME}?secret=${SECRET}&issuer=Acme&counter=0&digits=8&algorithm=SHA512`,
        type: 'hotp',
        digits: 8,
        counter: 0,
        algorithm: 'HmacSHA512',
        logoutSessions: true,
        userLabel: 'Phone',
        cancellable: true,
      },
      error('invalidTotpMessage', 'totp'),
    ),
  },
  {
    name: 'update-profile',
    model: samplePage(
      'update-profile',
      { usernameEditable: true, username: 'frank', email: 'frank@', firstName: 'Frank', lastName: '' },
      error('invalidEmailMessage', 'email'),
    ),
  },
  { name: 'terms', model: samplePage('terms', {}) },
  {
    name: 'terms-long',
    model: samplePage('terms', { text: 'First, be kind.\n\nSecond, <b>nothing</b> else.\n'.repeat(8) }),
  },
  {
    name: 'consent',
    model: samplePage('consent', {
      clientName: 'Photo Printing Service of the Northern Districts',
      scopes: ['${profileScopeConsentText}', 'emailScopeConsentText', 'Print up to ten photos a day'],
    }),
  },
  {
    name: 'logout-confirm',
    model: samplePage('logout-confirm', { hidden: { session_code: 'x' } }, { links: { application } }),
  },
  { name: 'logged-out', model: samplePage('logged-out', {}, { links: { application } }) },
  // with somewhere to go it would leave; see frontchannel-logout.spec.ts
  { name: 'frontchannel-logout', model: samplePage('frontchannel-logout', { frames: [], nonce: 'n' }) },
  {
    name: 'info',
    model: samplePage(
      'info',
      {},
      { message: { key: 'accountPasswordUpdatedMessage', kind: 'success' }, links: { application } },
    ),
  },
  {
    name: 'error',
    model: samplePage('error', {}, { ...error('sessionLimitExceeded'), links: { application, restart: '/restart' } }),
  },
  {
    name: 'error-own-words',
    model: samplePage(
      'error',
      {},
      {
        message: {
          key: 'sessionLimitExceeded',
          text: 'One device <at> a time. Ask {who} if you need more.',
          kind: 'error',
        },
        links: { application },
      },
    ),
  },
  { name: 'page-expired', model: samplePage('page-expired', { continueUrl: '/continue' }) },
  {
    name: 'form-post',
    model: samplePage(
      'form-post',
      { parameters: { code: 'c&"<>', state: 's' }, nonce: randomBytes(16).toString('base64') },
      { action: '/callback', links: {} },
    ),
  },
];
