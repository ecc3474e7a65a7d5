import { Flag, Kept, ListOf, Name, Text, TextList, TextMap, Whole } from './members.js';
import type { Data } from './plain-data.js';

/** AuthenticationExecutionExportRepresentation: an execution inside a flow of a realm file. Sub-flows and configs go by alias. */
export class ExecutionExportBody {
  static readonly representation = 'AuthenticationExecutionExportRepresentation';
  @Name() authenticatorConfig?: string;
  @Name() authenticator?: string;
  @Flag() authenticatorFlow?: boolean;
  /** Historic twin of `authenticatorFlow`. */
  @Flag() autheticatorFlow?: boolean;
  @Name() requirement?: string;
  @Whole() priority?: number;
  @Name() flowAlias?: string;
  @Kept() userSetupAllowed?: unknown;
}
export type ExecutionExportData = Data<ExecutionExportBody>;

/** AuthenticationFlowRepresentation. */
export class FlowBody {
  static readonly representation = 'AuthenticationFlowRepresentation';
  @Name() id?: string;
  @Name() alias?: string;
  @Text() description?: string;
  @Name() providerId?: string;
  @Flag() topLevel?: boolean;
  @Flag() builtIn?: boolean;
  @ListOf(() => ExecutionExportBody) authenticationExecutions?: ExecutionExportBody[];
}

/** AuthenticationExecutionRepresentation: the body of `POST executions`. */
export class ExecutionBody {
  static readonly representation = 'AuthenticationExecutionRepresentation';
  @Name() id?: string;
  @Name() authenticatorConfig?: string;
  @Name() authenticator?: string;
  @Flag() authenticatorFlow?: boolean;
  @Flag() autheticatorFlow?: boolean;
  @Name() requirement?: string;
  @Whole() priority?: number;
  @Name() flowId?: string;
  @Name() parentFlow?: string;
}

/** AuthenticationExecutionInfoRepresentation: one row of `PUT flows/{alias}/executions`. */
export class ExecutionInfoBody {
  static readonly representation = 'AuthenticationExecutionInfoRepresentation';
  @Name() id?: string;
  @Name() requirement?: string;
  @Name() displayName?: string;
  @Name() alias?: string;
  @Text() description?: string;
  @TextList() requirementChoices?: string[];
  @Flag() configurable?: boolean;
  @Flag() authenticationFlow?: boolean;
  @Name() providerId?: string;
  @Name() authenticationConfig?: string;
  @Name() flowId?: string;
  @Whole() level?: number;
  @Whole() index?: number;
  @Whole() priority?: number;
}

/** AuthenticatorConfigRepresentation. */
export class AuthenticatorConfigBody {
  static readonly representation = 'AuthenticatorConfigRepresentation';
  @Name() id?: string;
  @Name() alias?: string;
  @TextMap() config?: Record<string, string | null>;
}

/** RequiredActionProviderRepresentation. */
export class RequiredActionBody {
  static readonly representation = 'RequiredActionProviderRepresentation';
  @Name() alias?: string;
  @Name() name?: string;
  @Name() providerId?: string;
  @Flag() enabled?: boolean;
  @Flag() defaultAction?: boolean;
  @Whole() priority?: number;
  @TextMap() config?: Record<string, string | null>;
}
export type RequiredActionData = Data<RequiredActionBody>;
