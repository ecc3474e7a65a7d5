import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { apiHeaders, pageHeaders } from '../../http/security-headers.js';
import { ApiDocument } from './api-document.js';

/** The document of this server's API, and a page to read it. Anybody may: it says the same of every server of this version. */
@Controller('docs/api')
export class ApiDocsController {
  constructor(private readonly document: ApiDocument) {}

  /** A page without a script that loads nothing from elsewhere. */
  @Get()
  page(@Res() reply: FastifyReply): FastifyReply {
    return reply
      .headers({ ...pageHeaders(), 'cache-control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(this.document.page);
  }

  /** OpenAPI 3.1. */
  @Get('openapi.json')
  json(@Res() reply: FastifyReply): FastifyReply {
    return reply
      .headers({ ...apiHeaders(), 'cache-control': 'no-cache', 'access-control-allow-origin': '*' })
      .type('application/json; charset=utf-8')
      .send(this.document.json);
  }

  /** The stylesheet of the page. */
  @Get('style.css')
  style(@Res() reply: FastifyReply): FastifyReply {
    return reply
      .headers({ ...apiHeaders(), 'cache-control': 'no-cache' })
      .type('text/css; charset=utf-8')
      .send(this.document.stylesheet);
  }
}
