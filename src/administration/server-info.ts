import { arch, availableParallelism, release, type } from 'node:os';
import type { AuthenticatorRegistry } from '../engine/index.js';
import { OPERATION_TYPES, RESOURCE_TYPES } from '../events/admin-events.js';
import { TYPES_KEPT_BY_DEFAULT } from '../events/event-types.js';
import { SHIPPED_LOCALES } from '../realm/locale.js';
import { CLIENT_SCOPES } from '../realm-files/defaults/client-scopes.js';
import { REQUIRED_ACTIONS } from '../realm-files/defaults/required-actions.js';
import { toConfigProperty } from '../representations/config-property-representation.js';
import type { Clock } from '../shared/clock.js';
import type { Json, JsonObject } from '../shared/json.js';
import { KEY_PROVIDERS } from '../tokens/key-providers.js';
import { TOKEN_MAPPERS } from '../tokens/protocol-mappers/index.js';
import { MAPPER_PROPERTIES } from '../tokens/protocol-mappers/mapper-properties.js';
import { MAPPER_TITLES } from '../tokens/protocol-mappers/mapper-titles.js';
import { SIGNATURE_ALGORITHMS } from '../tokens/signature-algorithms.js';
import { COMPONENT_TYPES } from './component-types.js';
import { PASSWORD_POLICY_TYPES } from './password-policy-types.js';

/** The version of the reference that answers are those of. Clients read it to know what they may ask for. */
const COMPATIBLE_VERSION = '26.7.4';

/** What this server is and has (Admin API reference 5.7). Only what is really there is listed. */
export class ServerInfo {
  private readonly startedAt: number;

  constructor(
    private readonly registry: AuthenticatorRegistry,
    private readonly clock: Clock,
  ) {
    this.startedAt = clock.now();
  }

  /** @param ofMachine whether the caller may know about the machine, too: those of master may */
  describe(ofMachine: boolean): JsonObject {
    return {
      systemInfo: { version: COMPATIBLE_VERSION, ...(ofMachine && this.system()) },
      ...(ofMachine && { cpuInfo: { processorCount: availableParallelism() }, memoryInfo: memory() }),
      profileInfo: { name: 'default', disabledFeatures: [], previewFeatures: [], experimentalFeatures: [] },
      features: [],
      cryptoInfo: {
        cryptoProvider: 'node:crypto',
        supportedKeystoreTypes: [],
        clientSignatureSymmetricAlgorithms: algorithms(true),
        clientSignatureAsymmetricAlgorithms: algorithms(false),
      },
      themes: {
        login: [{ name: 'sluice', locales: SHIPPED_LOCALES }],
        email: [{ name: 'sluice', locales: SHIPPED_LOCALES }],
      },
      socialProviders: [],
      identityProviders: [],
      clientImporters: [],
      providers: this.providers(),
      protocolMapperTypes: { 'openid-connect': TOKEN_MAPPERS.map(mapperType) },
      builtinProtocolMappers: { 'openid-connect': builtInMappers() },
      clientInstallations: { 'openid-connect': [] },
      componentTypes: Object.fromEntries(
        [...COMPONENT_TYPES].map(([kind, types]) => [kind, types.map((type) => ({ ...type, clientProperties: [] }))]),
      ),
      passwordPolicies: PASSWORD_POLICY_TYPES.map((policy) => ({ ...policy })),
      enums: {
        operationType: OPERATION_TYPES,
        resourceType: RESOURCE_TYPES,
        eventType: TYPES_KEPT_BY_DEFAULT,
        bruteForceStrategy: ['LINEAR', 'MULTIPLE'],
      },
      parameterizedScopeTypes: [],
    };
  }

  private system(): JsonObject {
    const now = this.clock.now();
    const uptimeMillis = now - this.startedAt;
    return {
      serverTime: new Date(now).toISOString(),
      uptime: `${String(Math.floor(uptimeMillis / 1000))} seconds`,
      uptimeMillis,
      osName: type(),
      osArchitecture: arch(),
      osVersion: release(),
    };
  }

  private providers(): JsonObject {
    const authenticators = this.registry.descriptors().filter(({ available }) => available !== false);
    return {
      authenticator: providerMap(authenticators.map(({ id }) => id)),
      'required-action': providerMap(REQUIRED_ACTIONS.map(({ providerId }) => providerId)),
      'protocol-mapper': providerMap(TOKEN_MAPPERS.map(({ id }) => id)),
      keys: providerMap([...KEY_PROVIDERS.keys()]),
      'password-policy': providerMap(PASSWORD_POLICY_TYPES.map(({ id }) => id)),
      'login-protocol': providerMap(['openid-connect']),
    };
  }
}

const mapperType = ({ id }: { readonly id: string }): JsonObject => ({
  id,
  name: MAPPER_TITLES[id] ?? id,
  category: 'Token mapper',
  helpText: '',
  priority: 0,
  properties: (MAPPER_PROPERTIES[id] ?? []).map(toConfigProperty),
});

const providerMap = (ids: readonly string[]): Json => ({
  internal: true,
  providers: Object.fromEntries(ids.toSorted().map((id) => [id, { order: 0 }])),
});

const algorithms = (symmetric: boolean): readonly string[] =>
  [...SIGNATURE_ALGORITHMS].flatMap(([name, { kind }]) => ((kind === 'hmac') === symmetric ? [name] : []));

/** The mappers that the client scopes of a new realm bring. */
const builtInMappers = (): readonly JsonObject[] =>
  CLIENT_SCOPES.filter(({ protocol }) => protocol !== 'saml').flatMap(({ protocolMappers = [] }) =>
    protocolMappers.map((mapper) => ({ consentRequired: false, ...mapper }) as unknown as JsonObject),
  );

function memory(): JsonObject {
  const { heapTotal, heapUsed } = process.memoryUsage();
  const free = heapTotal - heapUsed;
  return {
    total: heapTotal,
    totalFormated: megabytes(heapTotal),
    used: heapUsed,
    usedFormated: megabytes(heapUsed),
    free,
    freePercentage: Math.round((free / heapTotal) * 100),
    freeFormated: megabytes(free),
  };
}

const megabytes = (bytes: number): string => `${String(Math.round(bytes / 2 ** 20))} MB`;
