import 'reflect-metadata';
import { Transform, Type, plainToInstance } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { FLOW_KINDS, REQUIREMENTS } from '../engine/index.js';
import type { FlowKind, Requirement } from '../engine/index.js';
import type { BindingField } from '../realm/realm.js';
import { BINDING_FIELDS } from './flow-uses.js';
import { IsTextMap } from './text-map.js';

const MAX_ALIAS = 255;

/** Tells steps from sub-flows, so that each is held to its own members. What is neither fails as a step. */
const Executions = (): PropertyDecorator =>
  Transform(({ obj }: { obj: { executions?: unknown } }) =>
    Array.isArray(obj.executions) ? obj.executions.map(asExecution) : obj.executions,
  );

function asExecution(item: unknown): FlowFileExecution {
  const members = typeof item === 'object' && item !== null ? item : {};
  return 'flow' in members ? plainToInstance(FlowFileSubflow, members) : plainToInstance(FlowFileStep, members);
}

/** Config of a step. */
export class FlowFileConfig {
  @IsString() @IsNotEmpty() @MaxLength(MAX_ALIAS) readonly alias: string;
  @IsTextMap() readonly config: Readonly<Record<string, string>>;
}

/** What every execution has. */
abstract class FlowFilePlacement {
  @IsIn(REQUIREMENTS) readonly requirement: Requirement;
  @IsInt() readonly priority: number;
  /** True for what the realm of the server's own admins does not get. */
  @IsOptional() @IsBoolean() readonly notInMaster?: boolean;
}

/** An authenticator in its place. */
export class FlowFileStep extends FlowFilePlacement {
  @IsString() @IsNotEmpty() readonly authenticator: string;
  @IsOptional() @ValidateNested() @Type(() => FlowFileConfig) readonly config?: FlowFileConfig;
}

/** The members of a sub-flow itself; what is in it stands beside it. */
export class FlowFileSubflowHead {
  @IsString() @IsNotEmpty() @MaxLength(MAX_ALIAS) readonly alias: string;
  @IsOptional() @IsString() readonly description?: string;
  @IsIn(FLOW_KINDS) readonly providerId: FlowKind;
  /** Provider of the page: a `form-flow` has one, no other kind does. */
  @ValidateIf(isFormOrHasPage) @IsString() @IsNotEmpty() readonly formProvider?: string;
}

function isFormOrHasPage(flow: FlowFileSubflowHead): boolean {
  return flow.providerId === 'form-flow' || flow.formProvider !== undefined;
}

/** A sub-flow in its place. */
export class FlowFileSubflow extends FlowFilePlacement {
  @IsDefined() @ValidateNested() @Type(() => FlowFileSubflowHead) readonly flow: FlowFileSubflowHead;
  @IsArray() @ValidateNested({ each: true }) @Executions() readonly executions: readonly FlowFileExecution[];
}

export type FlowFileExecution = FlowFileStep | FlowFileSubflow;

/** A flow with which every realm begins: one file of the folder `flows`. */
export class FlowFile {
  @IsString() @IsNotEmpty() @MaxLength(MAX_ALIAS) readonly alias: string;
  @IsString() readonly description: string;
  @IsIn(FLOW_KINDS) readonly providerId: FlowKind;
  /** Place in the list of a realm's flows. */
  @IsInt() readonly order: number;
  /** The member of a realm that names this flow from the start. */
  @IsOptional() @IsIn(BINDING_FIELDS) readonly bindsTo?: BindingField;
  @IsArray() @ValidateNested({ each: true }) @Executions() readonly executions: readonly FlowFileExecution[];
}
