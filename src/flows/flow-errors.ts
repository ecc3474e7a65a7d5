import { ConflictError, InvalidInputError, NotFoundError, PreconditionFailedError } from '../shared/errors.js';

/**
 * Everything an edit of flows can refuse, in one place. The sentences are those of the reference, word for word, where it has
 * one; clients and scripts match on them. How a door writes them is decided by the code (Admin API reference 2.1):
 *
 * | codes                                                                                     | body                          |
 * | ----------------------------------------------------------------------------------------- | ----------------------------- |
 * | `flow_alias_*`, `subflow_parent_unknown`, `config_alias_*`                                 | `{"errorMessage": message}`   |
 * | `flow_kind_missing`                                                                        | `{"error":"conflict","error_description": message}` |
 * | `config_value_invalid`                                                                     | `{"errorMessage": message, "field": field}` |
 * | all others                                                                                 | `{"error": message}`          |
 *
 * The class of the error gives the kind of refusal: unknown, invalid or in conflict.
 */
export const flowErrors = {
  // Unknown things: the sentence differs per route.
  flowIdUnknown: () => new NotFoundError('flow_id_unknown', 'Could not find flow with id'),
  flowUnknown: () => new NotFoundError('flow_unknown', 'Flow not found'),
  revisionUnknown: () => new NotFoundError('revision_unknown', 'Could not find version of flow'),
  pendingBindingUnknown: () => new NotFoundError('pending_binding_unknown', 'Could not find pending binding'),
  flowOfExecutionUnknown: () => new NotFoundError('flow_of_execution_unknown', 'flow not found'),
  executionUnknown: () => new NotFoundError('execution_unknown', 'Illegal execution'),
  configUnknown: () => new NotFoundError('config_unknown', 'Could not find authenticator config'),
  parentUnknown: () => new InvalidInputError('parent_flow_unknown', "Parent flow doesn't exist"),
  subflowParentUnknown: () => new InvalidInputError('subflow_parent_unknown', "Parent flow doesn't exist"),
  parentMissing: () =>
    new InvalidInputError('parent_flow_missing', 'parent flow not set on new execution', { field: 'parentFlow' }),
  executionParentUnknown: () =>
    new InvalidInputError('execution_parent_unknown', 'execution parent flow does not exist', { field: 'parentFlow' }),
  providerUnknown: (id: string) =>
    new InvalidInputError('provider_unknown', `No authentication provider found for id: ${id}`, { field: 'provider' }),

  // Concurrent edits.
  flowChanged: (alias: string) =>
    new PreconditionFailedError('flow_changed_meanwhile', `Flow ${alias} was changed by somebody else`),

  // Built-in flows.
  builtInDelete: () => new InvalidInputError('builtin_flow_delete', "Can't delete built in flow"),
  builtInAddExecution: () =>
    new InvalidInputError('builtin_add_execution', 'It is illegal to add execution to a built in flow'),
  builtInAddSubflow: () =>
    new InvalidInputError('builtin_add_subflow', 'It is illegal to add sub-flow to a built in flow'),
  builtInRemoveExecution: () =>
    new InvalidInputError('builtin_remove_execution', 'It is illegal to remove execution from a built in flow'),
  builtInMoveExecution: () =>
    new InvalidInputError('builtin_move_execution', 'It is illegal to modify execution in a built in flow'),

  // Aliases.
  aliasEmptyAtCreate: () =>
    new ConflictError('flow_alias_empty', 'Failed to create flow with empty alias name', { field: 'alias' }),
  aliasEmptyAtUpdate: () =>
    new ConflictError('flow_alias_empty', 'Failed to update flow with empty alias name', { field: 'alias' }),
  aliasTakenAtCreate: (alias: string) => new ConflictError('flow_alias_taken', `Flow ${alias} already exists`),
  aliasTakenAtUpdate: () => new ConflictError('flow_alias_taken', 'Flow alias name already exists'),
  aliasTakenByNew: () => new ConflictError('flow_alias_taken', 'New flow alias name already exists'),
  characterRefused: (character: string, field: string) =>
    new InvalidInputError('character_refused', `Character '${character}' not allowed.`, { field }),
  configAliasEmpty: () =>
    new ConflictError(
      'config_alias_empty',
      'Failed to create authentication execution configuration with empty alias name',
      { field: 'alias' },
    ),
  configAliasTaken: (alias: string) =>
    new ConflictError('config_alias_taken', `Authentication execution configuration ${alias} already exists`),

  // Kinds and members. The reference fails with a 500 in most of these; here the member is named.
  kindMissing: () => new ConflictError('flow_kind_missing', 'Duplicate resource error', { field: 'providerId' }),
  kindUnknown: (kind: string, field: string) =>
    new InvalidInputError('flow_kind_unknown', `Unknown kind of flow: ${kind}`, { field }),
  subflowKindMissing: () =>
    new InvalidInputError('subflow_kind_missing', 'The type of the sub-flow is missing', { field: 'type' }),
  topLevelFixed: () =>
    new InvalidInputError('flow_top_level_fixed', 'A flow cannot be turned into a sub-flow or back', {
      field: 'topLevel',
    }),
  requirementUnknown: () =>
    new InvalidInputError(
      'requirement_unknown',
      'requirement must be one of REQUIRED, ALTERNATIVE, CONDITIONAL, DISABLED',
      { field: 'requirement' },
    ),
  priorityInvalid: () =>
    new InvalidInputError('priority_invalid', 'priority must be a whole number between -1073741824 and 1073741823', {
      field: 'priority',
    }),
  placeInvalid: () => new InvalidInputError('place_invalid', 'index must be a whole number from 0', { field: 'index' }),
  placeInsideItself: () =>
    new InvalidInputError('place_inside_itself', 'A sub-flow cannot stand inside itself', { field: 'parentFlow' }),
  configValueInvalid: (field: string, message: string) =>
    new InvalidInputError('config_value_invalid', message, { field }),

  // Things in use.
  flowInUse: (alias: string, users: readonly string[]) =>
    new ConflictError('flow_in_use', `Flow "${alias}" is in use: ${users.join(', ')}`),
  subflowInUse: (alias: string, parents: readonly string[]) =>
    new ConflictError(
      'subflow_in_use',
      `Flow "${alias}" is part of ${parents.map((parent) => `"${parent}"`).join(', ')}`,
    ),

  // Bindings: `field` is the realm's member or the client's override key.
  bindingRefused: (field: string, message: string) => new InvalidInputError('binding_refused', message, { field }),
} as const;
