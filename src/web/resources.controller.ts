import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PageRenderer } from '../http/page-renderer.js';
import { assetHeaders } from '../http/security-headers.js';

/** A picture can be opened by itself, and a drawing can hold scripts: none of them runs. */
const SVG = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" };

/** Files that pages link to; their paths change with their content. */
@Controller('resources')
export class ResourcesController {
  constructor(private readonly renderer: PageRenderer) {}

  @Get(':version/:file')
  file(@Param('version') version: string, @Param('file') file: string, @Res() reply: FastifyReply): FastifyReply {
    const asset = this.renderer.assets.find(({ path }) => path === `/resources/${version}/${file}`);
    if (!asset) throw new NotFoundException();
    return reply
      .headers({ ...assetHeaders(), ...(asset.contentType === 'image/svg+xml' && SVG) })
      .type(asset.contentType)
      .send(asset.body);
  }
}
