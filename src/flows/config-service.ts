import type { AuthenticatorRegistry } from '../engine/index.js';
import { newId } from '../shared/secrets.js';
import { addConfig, configureExecution, deleteConfig, updateConfig } from './config-edits.js';
import type { ConfigInput } from './config-edits.js';
import { maskSecrets } from './config-values.js';
import { configById } from './flow-catalog.js';
import type { FlowEditing } from './flow-editing.js';
import { flowErrors } from './flow-errors.js';
import type { FlowStore, StoredConfig } from './stored-flow.js';

/** Configs of executions. Values are checked when they are saved, so that a login does not have to find out. */
export class ConfigService {
  constructor(
    private readonly store: FlowStore,
    private readonly editing: FlowEditing,
    private readonly registry: AuthenticatorRegistry,
  ) {}

  /** A config as a reader may see it: secrets and values that nobody declares are masked. @throws NotFoundError `config_unknown` */
  async get(realmId: string, id: string): Promise<StoredConfig> {
    const catalog = await this.store.catalog(realmId);
    const config = configById(catalog, id);
    if (config === undefined) throw flowErrors.configUnknown();
    const properties = catalog.executions
      .filter((execution) => execution.configId === id && execution.authenticator !== undefined)
      .map(({ authenticator }) => this.registry.find(authenticator ?? '')?.descriptor.config)
      .flatMap((reader) => [...(reader?.properties ?? []), ...(reader?.extended ?? [])]);
    return { ...config, values: maskSecrets(config.values, properties) };
  }

  /**
   * Gives an execution (of a built-in flow too) a config in place of the one it has.
   *
   * @returns id of the config
   * @throws NotFoundError `execution_unknown`
   * @throws ConflictError `config_alias_empty`, `config_alias_taken`
   * @throws InvalidInputError `character_refused`, `config_value_invalid` naming the field
   */
  configure(realmId: string, executionId: string, input: ConfigInput): Promise<string> {
    return this.editing.edit(realmId, (catalog) =>
      configureExecution(catalog, this.registry, executionId, input, newId),
    );
  }

  /** Makes a config that belongs to no execution. @returns its id @throws as `configure` */
  create(realmId: string, input: ConfigInput): Promise<string> {
    return this.editing.edit(realmId, (catalog) => addConfig(catalog, realmId, input, newId));
  }

  /**
   * Replaces alias and values; empty values are dropped, masked ones stay.
   *
   * @throws NotFoundError `config_unknown`
   * @throws ConflictError `config_alias_empty`
   * @throws InvalidInputError `character_refused`, `config_value_invalid` naming the field
   */
  update(realmId: string, id: string, input: ConfigInput): Promise<void> {
    return this.editing.edit(realmId, (catalog) => updateConfig(catalog, this.registry, id, input));
  }

  /** Deletes a config and takes it from every execution. @throws NotFoundError `config_unknown` */
  delete(realmId: string, id: string): Promise<void> {
    return this.editing.edit(realmId, (catalog) => deleteConfig(catalog, id));
  }
}
