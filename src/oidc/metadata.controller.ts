import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { apiHeaders } from '../http/security-headers.js';
import { ClientScopeStore } from '../realm/client-scope.js';
import { publicKeyText } from '../tokens/key-material.js';
import { RealmKeys } from '../tokens/signing-keys.js';
import { allowEverybody } from '../http/cors.js';
import { discoveryDocument } from './discovery-document.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';

type Document = Readonly<Record<string, unknown>>;

/** What anyone may know of a realm: its document, its metadata and its public keys. A disabled realm still says it. */
@Controller('realms/:realm')
@UseFilters(OAuthErrorFilter)
export class MetadataController {
  constructor(
    private readonly realms: RealmParam,
    private readonly publicUrl: PublicUrl,
    private readonly keys: RealmKeys,
    private readonly scopes: ClientScopeStore,
  ) {}

  @Get()
  async realmDocument(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Document> {
    publicReply(request, reply, 'no-cache');
    const realm = await this.realms.resolve(name);
    const issuer = this.publicUrl.issuer(request, realm.name);
    const signing = await this.keys.signerOrNew(realm, 'RS256');
    return {
      realm: realm.name,
      ...(signing ? { public_key: publicKeyText(signing.publicKey) } : {}),
      'token-service': `${issuer}/protocol/openid-connect`,
      'account-service': `${issuer}/account`,
      'tokens-not-before': realm.settings.notBefore,
    };
  }

  @Get(['.well-known/openid-configuration', '.well-known/oauth-authorization-server'])
  async discovery(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Document> {
    publicReply(request, reply, 'no-cache, must-revalidate, no-transform, no-store');
    const realm = await this.realms.resolve(name);
    return discoveryDocument(realm, this.publicUrl.issuer(request, realm.name), await this.scopes.list(realm.id));
  }

  @Get('protocol/openid-connect/certs')
  async certs(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Document> {
    publicReply(request, reply, 'no-cache');
    const realm = await this.realms.resolve(name);
    return { keys: await this.keys.publicKeys(realm.id) };
  }
}

function publicReply(request: FastifyRequest, reply: FastifyReply, cacheControl: string): void {
  void reply.headers({ ...apiHeaders(), 'cache-control': cacheControl });
  allowEverybody(request, reply);
}
