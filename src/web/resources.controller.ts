import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PageRenderer } from '../http/page-renderer.js';
import { assetHeaders } from '../http/security-headers.js';

/** Files that pages link to; their paths change with their content. */
@Controller('resources')
export class ResourcesController {
  constructor(private readonly renderer: PageRenderer) {}

  @Get(':version/:file')
  file(@Param('version') version: string, @Param('file') file: string, @Res() reply: FastifyReply): FastifyReply {
    const { path, contentType, body } = this.renderer.stylesheet;
    if (path !== `/resources/${version}/${file}`) throw new NotFoundException();
    return reply.headers(assetHeaders()).type(contentType).send(body);
  }
}
