import type { AuthenticatorRegistry, ConfigReader } from '../engine/index.js';
import { checkConfigValues, updatedValues } from './config-values.js';
import { replaceRow } from './edited.js';
import type { Edited, IdMaker } from './edited.js';
import { checkAliasCharacters, isEmptyAlias } from './flow-alias.js';
import { configById, executionById } from './flow-catalog.js';
import { withoutUnusedConfigs } from './flow-edits.js';
import { flowErrors } from './flow-errors.js';
import type { FlowCatalog, StoredConfig, StoredExecution } from './stored-flow.js';

/** A config as a caller describes it. */
export interface ConfigInput {
  readonly alias?: string | undefined;
  readonly values?: Readonly<Record<string, string>> | undefined;
}

/** Gives an execution a config in place of the one it has. The answer is the id of the config. */
export function configureExecution(
  catalog: FlowCatalog,
  registry: AuthenticatorRegistry,
  executionId: string,
  input: ConfigInput,
  newId: IdMaker,
): Edited<string> {
  const execution = executionById(catalog, executionId);
  if (execution === undefined) throw flowErrors.executionUnknown();
  const config = newConfig(catalog, execution.realmId, input, newId, execution.configId);
  checkConfigValues(readerOf(registry, execution), config.values);

  const configured = { ...execution, configId: config.id };
  const edited: FlowCatalog = {
    ...catalog,
    executions: replaceRow(catalog.executions, configured),
    configs: [...catalog.configs, config],
  };
  return { catalog: withoutUnusedConfigs(catalog, edited), result: config.id };
}

/** Adds a config that belongs to no execution (an old call of the reference). The answer is its id. */
export function addConfig(catalog: FlowCatalog, realmId: string, input: ConfigInput, newId: IdMaker): Edited<string> {
  const config = newConfig(catalog, realmId, input, newId);
  return { catalog: { ...catalog, configs: [...catalog.configs, config] }, result: config.id };
}

function newConfig(
  catalog: FlowCatalog,
  realmId: string,
  input: ConfigInput,
  newId: IdMaker,
  replacedId?: string,
): StoredConfig {
  const { alias } = input;
  if (isEmptyAlias(alias)) throw flowErrors.configAliasEmpty();
  checkAliasCharacters(alias);
  const holder = catalog.configs.find((config) => config.alias === alias);
  if (holder !== undefined && holder.id !== replacedId) throw flowErrors.configAliasTaken(alias);
  return { id: newId(), realmId, alias, values: input.values ?? {} };
}

/** Replaces alias and values of a config. */
export function updateConfig(
  catalog: FlowCatalog,
  registry: AuthenticatorRegistry,
  id: string,
  input: ConfigInput,
): Edited {
  const config = configById(catalog, id);
  if (config === undefined) throw flowErrors.configUnknown();
  const alias = input.alias ?? config.alias;
  if (isEmptyAlias(alias)) throw flowErrors.configAliasEmpty();
  checkAliasCharacters(alias);
  const values = updatedValues(config.values, input.values ?? {});
  for (const execution of catalog.executions) {
    if (execution.configId === id) checkConfigValues(readerOf(registry, execution), values);
  }
  return {
    catalog: { ...catalog, configs: replaceRow(catalog.configs, { ...config, alias, values }) },
    result: undefined,
  };
}

/** Removes a config and takes it from every execution that has it. */
export function deleteConfig(catalog: FlowCatalog, id: string): Edited {
  if (configById(catalog, id) === undefined) throw flowErrors.configUnknown();
  const configs = catalog.configs.filter((config) => config.id !== id);
  const executions = catalog.executions.map((execution) => {
    if (execution.configId !== id) return execution;
    const { configId: _, ...rest } = execution;
    return rest;
  });
  return { catalog: { ...catalog, configs, executions }, result: undefined };
}

function readerOf(
  registry: AuthenticatorRegistry,
  { authenticator }: StoredExecution,
): ConfigReader<unknown> | undefined {
  return authenticator === undefined ? undefined : registry.find(authenticator)?.descriptor.config;
}
