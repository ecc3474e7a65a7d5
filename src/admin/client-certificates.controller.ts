import { Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { administrationErrors } from '../administration/administration-errors.js';
import { ClientCertificates } from '../administration/client-certificates.js';
import { FilesForm } from '../http/parsers.js';
import type { Realm } from '../realm/realm.js';
import { KeyStoreBody } from '../representations/key-store-body.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody } from './admin-params.js';
import { FileReply } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';

const BYTES = 'application/octet-stream';

/** Keys by which clients show who they are (Admin API reference 5.2). */
@AdminController('clients/:client/certificates/:name')
export class ClientCertificatesAdminController {
  constructor(private readonly certificates: ClientCertificates) {}

  @Get()
  @Needs('viewClients')
  info(@InRealm() realm: Realm, @Param('client') id: string, @Param('name') name: string): Promise<JsonObject> {
    return this.certificates.info(realm, id, name);
  }

  @Post('generate')
  @HttpCode(200)
  @Needs('manageClients')
  generate(@InRealm() realm: Realm, @Param('client') id: string, @Param('name') name: string): Promise<JsonObject> {
    return this.certificates.generate(realm, id, name);
  }

  @Post('generate-and-download')
  @Needs('manageClients')
  async generateStore(
    @InRealm() realm: Realm,
    @Param('client') id: string,
    @Param('name') name: string,
    @JsonBody(KeyStoreBody) body: KeyStoreBody,
  ): Promise<FileReply> {
    return new FileReply(BYTES, await this.certificates.generateStore(realm, id, name, body));
  }

  @Post('download')
  @Needs('viewClients')
  async download(
    @InRealm() realm: Realm,
    @Param('client') id: string,
    @Param('name') name: string,
    @JsonBody(KeyStoreBody) body: KeyStoreBody,
  ): Promise<FileReply> {
    return new FileReply(BYTES, await this.certificates.download(realm, id, name, body));
  }

  /** A form with `keystoreFormat` and `file`. The two addresses differ at the reference in that the first also takes private keys. */
  @Post(['upload', 'upload-certificate'])
  @Needs('manageClients')
  async upload(
    @InRealm() realm: Realm,
    @Param('client') id: string,
    @Param('name') name: string,
    @Req() { body }: FastifyRequest,
  ): Promise<JsonObject> {
    const parts = body instanceof FilesForm ? await body.read().catch(() => undefined) : undefined;
    const [format, file] = [parts?.get('keystoreFormat')?.toString(), parts?.get('file')];
    if (format === undefined) throw administrationErrors.keyFile('keystoreFormat cannot be null');
    if (file === undefined) throw administrationErrors.keyFile('file cannot be empty');
    return this.certificates.upload(realm, id, name, format, file);
  }
}
