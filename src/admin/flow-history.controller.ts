import { Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { administrationErrors } from '../administration/administration-errors.js';
import { FlowHistory } from '../flows/flow-history.js';
import type { FlowRevision, StoredFlow } from '../flows/stored-flow.js';
import { wholeOf, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { toFlowRepresentation } from '../representations/flow-representation.js';
import { present } from '../representations/present.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, PageOf } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** What a flow was before: ours, the reference forgets it. */
@AdminController('authentication/flows')
export class FlowHistoryAdminController {
  constructor(private readonly history: FlowHistory) {}

  @Get(':flow/versions')
  @Needs('viewRealm')
  async list(
    @InRealm() realm: Realm,
    @Param('flow') alias: string,
    @PageOf(20) page: Page,
  ): Promise<readonly JsonObject[]> {
    const { flow, revisions } = await this.history.list(realm.id, alias, page);
    return revisions.map((revision) => toVersion(revision, flow));
  }

  /** The flow and its sub-flows as they were, in the shape of a realm file. */
  @Get(':flow/versions/:version')
  @Needs('viewRealm')
  async get(
    @InRealm() realm: Realm,
    @Param('flow') alias: string,
    @Param('version') version: string,
  ): Promise<JsonObject> {
    const revision = await this.history.get(realm.id, alias, numberOf(version));
    const { flows, configs } = revision.content;
    return {
      version: revision.number,
      hash: revision.hash,
      at: revision.at,
      authenticationFlows: flows.map((flow) => toFlowRepresentation(flow, revision.content)),
      authenticatorConfig: configs.map(({ id, alias: name, values }) => ({ id, alias: name, config: values })),
    };
  }

  /** `?from=<version>`: what became of the flow since; the version before unless told. */
  @Get(':flow/versions/:version/diff')
  @Needs('viewRealm')
  async diff(
    @InRealm() realm: Realm,
    @Param('flow') alias: string,
    @Param('version') version: string,
    @Query() query: unknown,
  ): Promise<readonly object[]> {
    const to = numberOf(version);
    return this.history.diff(realm.id, alias, wholeOf(query, 'from') ?? to - 1, to);
  }

  @Post(':flow/versions/:version/restore')
  @HttpCode(204)
  @Needs('manageRealm')
  restore(@InRealm() realm: Realm, @Param('flow') alias: string, @Param('version') version: string): Promise<void> {
    return this.history.restore(realm.id, alias, numberOf(version));
  }
}

/** @throws NotFoundError `malformed_parameter` */
function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw administrationErrors.versionMalformed();
  return Number(text);
}

const toVersion = ({ number, hash, at, editorId, editorName }: FlowRevision, flow: StoredFlow): JsonObject =>
  present({
    version: number,
    hash,
    at,
    editor: editorId === undefined ? undefined : { id: editorId, username: editorName ?? '' },
    running: flow.runningHash === hash,
  });
