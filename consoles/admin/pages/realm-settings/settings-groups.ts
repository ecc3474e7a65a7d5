import type { SettingGroup } from './settings-fields.js';

const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'HS256',
  'HS384',
  'HS512',
];

export const LOGIN: readonly SettingGroup[] = [
  {
    title: 'loginPages',
    fields: [
      { kind: 'flag', name: 'rememberMe' },
      { kind: 'flag', name: 'resetPasswordAllowed' },
    ],
  },
  {
    title: 'names',
    fields: [
      { kind: 'flag', name: 'registrationEmailAsUsername' },
      { kind: 'flag', name: 'loginWithEmailAllowed' },
      { kind: 'flag', name: 'duplicateEmailsAllowed' },
      { kind: 'flag', name: 'verifyEmail' },
      { kind: 'flag', name: 'editUsernameAllowed' },
    ],
  },
];

export const SESSIONS: readonly SettingGroup[] = [
  {
    title: 'sso',
    about: 'sso.about',
    fields: [
      { kind: 'duration', name: 'ssoSessionIdleTimeout' },
      { kind: 'duration', name: 'ssoSessionMaxLifespan' },
    ],
  },
  {
    title: 'remembered',
    about: 'remembered.about',
    fields: [
      { kind: 'duration', name: 'ssoSessionIdleTimeoutRememberMe', inherits: 'ssoSessionIdleTimeout' },
      { kind: 'duration', name: 'ssoSessionMaxLifespanRememberMe', inherits: 'ssoSessionMaxLifespan' },
    ],
  },
  {
    title: 'clientSessions',
    about: 'clientSessions.about',
    fields: [
      { kind: 'duration', name: 'clientSessionIdleTimeout', inherits: 'ssoSessionIdleTimeout' },
      { kind: 'duration', name: 'clientSessionMaxLifespan', inherits: 'ssoSessionMaxLifespan' },
    ],
  },
  {
    title: 'offline',
    about: 'offline.about',
    fields: [
      { kind: 'duration', name: 'offlineSessionIdleTimeout' },
      { kind: 'duration', name: 'clientOfflineSessionIdleTimeout', inherits: 'offlineSessionIdleTimeout' },
      { kind: 'flag', name: 'offlineSessionMaxLifespanEnabled' },
      { kind: 'duration', name: 'offlineSessionMaxLifespan', when: 'offlineSessionMaxLifespanEnabled' },
      {
        kind: 'duration',
        name: 'clientOfflineSessionMaxLifespan',
        inherits: 'offlineSessionMaxLifespan',
        when: 'offlineSessionMaxLifespanEnabled',
      },
    ],
  },
  {
    title: 'loginTimes',
    about: 'loginTimes.about',
    fields: [
      { kind: 'duration', name: 'accessCodeLifespanLogin' },
      { kind: 'duration', name: 'accessCodeLifespanUserAction' },
    ],
  },
];

export const TOKENS: readonly SettingGroup[] = [
  {
    title: 'accessTokens',
    fields: [
      {
        kind: 'choice',
        name: 'defaultSignatureAlgorithm',
        choices: ALGORITHMS.map((value) => ({ value, label: { plain: value } })),
      },
      { kind: 'duration', name: 'accessTokenLifespan' },
      { kind: 'duration', name: 'accessTokenLifespanForImplicitFlow' },
      { kind: 'duration', name: 'accessCodeLifespan' },
    ],
  },
  {
    title: 'refreshTokens',
    fields: [
      { kind: 'flag', name: 'revokeRefreshToken' },
      { kind: 'number', name: 'refreshTokenMaxReuse', min: 0, when: 'revokeRefreshToken' },
    ],
  },
  {
    title: 'actionTokens',
    fields: [
      { kind: 'duration', name: 'actionTokenGeneratedByUserLifespan' },
      { kind: 'duration', name: 'actionTokenGeneratedByAdminLifespan' },
    ],
  },
];

export const BRUTE_FORCE: readonly SettingGroup[] = [
  {
    title: 'bruteForce',
    about: 'bruteForce.about',
    fields: [
      { kind: 'flag', name: 'bruteForceProtected' },
      { kind: 'number', name: 'failureFactor', min: 1, when: 'bruteForceProtected' },
      { kind: 'flag', name: 'permanentLockout', when: 'bruteForceProtected' },
      {
        kind: 'choice',
        name: 'bruteForceStrategy',
        when: 'bruteForceProtected',
        choices: [
          { value: 'MULTIPLE', label: 'strategy.multiple' },
          { value: 'LINEAR', label: 'strategy.linear' },
        ],
      },
      { kind: 'duration', name: 'waitIncrementSeconds', when: 'bruteForceProtected' },
      { kind: 'duration', name: 'maxFailureWaitSeconds', when: 'bruteForceProtected' },
      { kind: 'duration', name: 'maxDeltaTimeSeconds', when: 'bruteForceProtected' },
      {
        kind: 'number',
        name: 'quickLoginCheckMilliSeconds',
        min: 0,
        unit: 'milliseconds',
        when: 'bruteForceProtected',
      },
      { kind: 'duration', name: 'minimumQuickLoginWaitSeconds', when: 'bruteForceProtected' },
    ],
  },
];

export const GENERAL: readonly SettingGroup[] = [
  {
    title: 'general',
    fields: [
      { kind: 'text', name: 'realm', disabled: true },
      { kind: 'text', name: 'displayName' },
      { kind: 'flag', name: 'enabled' },
      {
        kind: 'choice',
        name: 'sslRequired',
        choices: [
          { value: 'external', label: 'ssl.external' },
          { value: 'all', label: 'ssl.all' },
          { value: 'none', label: 'ssl.none' },
        ],
      },
    ],
  },
];
