import { Get, Param, Query } from '@nestjs/common';
import { AUTHENTICATOR_IDS, CLIENT_AUTHENTICATORS, FORM_ACTIONS, FORM_PROVIDERS } from '../authenticators/index.js';
import { AuthenticatorRegistry, type AuthenticatorDescriptor } from '../engine/index.js';
import { flagOf } from '../http/query-parameters.js';
import { toConfigProperty } from '../representations/config-property-representation.js';
import { present } from '../representations/present.js';
import { NotFoundError } from '../shared/errors.js';
import { AdminController } from './admin-controller.js';
import { Needs } from './admin.guard.js';

interface ProviderRow {
  readonly displayName: string;
  readonly description: string;
  readonly id: string;
}

const rowOf = ({
  id,
  title,
  help,
}: {
  readonly id: string;
  readonly title: string;
  readonly help: string;
}): ProviderRow => ({
  displayName: title,
  description: help,
  id,
});

/** What a console says of a step beside its words: what it is, what it takes to run, and what it brings about. */
const traitsOf = ({ kind, needsUser, requirements, config, available, abilities }: AuthenticatorDescriptor<never>) =>
  present({
    kind,
    needsUser,
    requirementChoices: requirements,
    configurable: config !== undefined,
    available: available !== false,
    findsUser: abilities?.findsUser,
    proves: abilities?.proves,
    limitsSessions: abilities?.limitsSessions,
  });

/** What may be placed in flows, and how it is configured (Admin API reference 5.1). */
@AdminController('authentication')
export class AuthenticatorProvidersAdminController {
  constructor(private readonly registry: AuthenticatorRegistry) {}

  /** `?extended=true` adds what each is, needs and brings about; the reference has the words only. */
  @Get('authenticator-providers')
  @Needs('viewRealm')
  authenticators(@Query() query: unknown): readonly ProviderRow[] {
    const extended = flagOf(query, 'extended') === true;
    return AUTHENTICATOR_IDS.flatMap((id) => this.registry.find(id)?.descriptor ?? []).map((descriptor) => ({
      ...rowOf(descriptor),
      ...(extended && traitsOf(descriptor)),
    }));
  }

  @Get('form-providers')
  @Needs('viewRealm')
  formProviders(): readonly ProviderRow[] {
    return FORM_PROVIDERS.map(rowOf);
  }

  @Get('form-action-providers')
  @Needs('viewRealm')
  formActions(): readonly ProviderRow[] {
    return FORM_ACTIONS.map(rowOf);
  }

  @Get('client-authenticator-providers')
  @Needs('viewClientAuthenticators')
  clientAuthenticators(): readonly (ProviderRow & { readonly supportsSecret: boolean })[] {
    return CLIENT_AUTHENTICATORS.map((provider) => ({ supportsSecret: provider.supportsSecret, ...rowOf(provider) }));
  }

  @Get('per-client-config-description')
  @Needs('viewClientAuthenticators')
  perClientConfig(): Readonly<Record<string, readonly object[]>> {
    return Object.fromEntries(
      CLIENT_AUTHENTICATORS.map(({ id, ofEachClient = [] }) => [id, ofEachClient.map(toConfigProperty)]),
    );
  }

  /** `?extended=true` adds the settings that the reference does not have. @throws NotFoundError `provider_unknown` */
  @Get('config-description/:provider')
  @Needs('viewRealm')
  configDescription(@Param('provider') id: string, @Query() query: unknown): object {
    const descriptor = this.registry.find(id)?.descriptor;
    if (!descriptor) throw new NotFoundError('provider_unknown', 'Could not find authenticator provider');
    const own = flagOf(query, 'extended') === true ? (descriptor.config?.extended ?? []) : [];
    const properties = [...(descriptor.config?.properties ?? []), ...own].map(toConfigProperty);
    return { name: descriptor.title, providerId: descriptor.id, helpText: descriptor.help, properties };
  }
}
