import { Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AuthenticatorRegistry, hashDefinition } from '../engine/index.js';
import { ExecutionService } from '../flows/execution-service.js';
import { definitionOf } from '../flows/flow-catalog.js';
import { FlowService } from '../flows/flow-service.js';
import type { FlowCatalog, StoredFlow } from '../flows/stored-flow.js';
import { findProvider } from '../flows/step-providers.js';
import { flagOf, slice, textOf, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { ExecutionInfoBody, FlowBody } from '../representations/flow-body.js';
import { toExecutionInfos, toFlowRepresentation } from '../representations/flow-representation.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody, PageOf } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';
import { CopyFlowBody, NewStepBody, NewSubflowBody } from './flow-bodies.js';

/** Flows and what is in them, by alias (Admin API reference 5.1). */
@AdminController('authentication/flows')
export class FlowsAdminController {
  constructor(
    private readonly flows: FlowService,
    private readonly executions: ExecutionService,
    private readonly registry: AuthenticatorRegistry,
  ) {}

  /** All of them. Ours: `first` and `max`; `search`, a part of the name or the description, with `exact` the name. */
  @Get()
  @Needs('viewAuthenticationFlows')
  async list(@InRealm() realm: Realm, @Query() query: unknown, @PageOf() page: Page): Promise<readonly JsonObject[]> {
    const { flows, catalog } = await this.flows.list(realm.id);
    return slice(flows.filter(flowFilterOf(query)), page).map((flow) => toFlowRepresentation(flow, catalog));
  }

  @Post()
  @Needs('manageRealm')
  async create(@InRealm() realm: Realm, @JsonBody(FlowBody) body: FlowBody): Promise<Created> {
    return new Created(['authentication', 'flows', await this.flows.create(realm.id, body)]);
  }

  @Get(':flow')
  @Needs('viewRealm')
  async get(
    @InRealm() realm: Realm,
    @Param('flow') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JsonObject> {
    const { flow, catalog } = await this.flows.get(realm.id, id);
    tag(reply, flow, catalog);
    return toFlowRepresentation(flow, catalog);
  }

  @Put(':flow')
  @Needs('manageRealm')
  update(@InRealm() realm: Realm, @Param('flow') id: string, @JsonBody(FlowBody) body: FlowBody): Promise<void> {
    return this.flows.update(realm.id, id, body);
  }

  @Delete(':flow')
  @Needs('manageRealm')
  delete(@InRealm() realm: Realm, @Param('flow') id: string): Promise<void> {
    return this.flows.delete(realm.id, id);
  }

  @Post(':flow/copy')
  @Needs('manageRealm')
  async copy(
    @InRealm() realm: Realm,
    @Param('flow') alias: string,
    @JsonBody(CopyFlowBody) body: CopyFlowBody,
  ): Promise<Created> {
    const id = await this.flows.copy(realm.id, alias, body.newName);
    return new Created(['authentication', 'flows', alias, 'copy', id]);
  }

  @Get(':flow/executions')
  @Needs('viewRealm')
  async listExecutions(
    @InRealm() realm: Realm,
    @Param('flow') alias: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly JsonObject[]> {
    const { flow, catalog } = await this.flows.getByAlias(realm.id, alias);
    tag(reply, flow, catalog);
    return toExecutionInfos(catalog, flow.id, (kind, id) => findProvider(this.registry, kind, id));
  }

  @Put(':flow/executions')
  @Needs('manageRealm')
  changeExecution(
    @InRealm() realm: Realm,
    @Param('flow') alias: string,
    @JsonBody(ExecutionInfoBody) body: ExecutionInfoBody,
  ): Promise<void> {
    return this.executions.change(realm.id, alias, { ...body, id: body.id ?? '' });
  }

  @Post(':flow/executions/execution')
  @Needs('manageRealm')
  async addStep(
    @InRealm() realm: Realm,
    @Param('flow') alias: string,
    @JsonBody(NewStepBody) body: NewStepBody,
  ): Promise<Created> {
    const id = await this.executions.addStep(realm.id, alias, {
      // Whoever leaves it out is told so in the reference's way.
      provider: body.provider ?? 'null',
      priority: body.priority,
    });
    return new Created(['authentication', 'executions', id]);
  }

  /** The address is that of the new flow, not of the execution that places it. */
  @Post(':flow/executions/flow')
  @Needs('manageRealm')
  async addSubflow(
    @InRealm() realm: Realm,
    @Param('flow') alias: string,
    @JsonBody(NewSubflowBody) body: NewSubflowBody,
  ): Promise<Created> {
    return new Created(['authentication', 'flows', await this.executions.addSubflow(realm.id, alias, body)]);
  }
}

/** The tag that an edit may name in `If-Match`: the hash of the version that was read. */
function tag(reply: FastifyReply, flow: StoredFlow, catalog: FlowCatalog): void {
  const definition = flow.topLevel ? definitionOf(catalog, flow.id) : undefined;
  if (definition) void reply.header('etag', `"${hashDefinition(definition)}"`);
}

/** Which flows are looked for. */
function flowFilterOf(query: unknown): (flow: StoredFlow) => boolean {
  const text = textOf(query, 'search');
  if (text === undefined) return () => true;
  if (flagOf(query, 'exact') === true) return ({ alias }) => alias === text;
  const part = text.trim().toLowerCase();
  return ({ alias, description }) => `${alias} ${description}`.toLowerCase().includes(part);
}
