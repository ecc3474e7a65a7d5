import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RealmParam } from '../../http/realm-param.js';
import { assetHeaders } from '../../http/security-headers.js';
import { ConsoleFiles } from './console-files.js';
import { CONSOLE_FILES, ConsolePage } from './console-page.js';

/** The admin console of a realm, whose pages have addresses below it that only the program knows. */
@Controller('admin/:realm/console')
export class AdminConsoleController {
  constructor(
    private readonly realms: RealmParam,
    private readonly page: ConsolePage,
  ) {}

  @Get(['', '*'])
  async show(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    await this.realms.serving(realm, request);
    return this.page.send(reply, 'admin');
  }
}

/** Files of the consoles: their names change with their content. */
@Controller(CONSOLE_FILES)
export class ConsoleFilesController {
  constructor(private readonly files: ConsoleFiles) {}

  @Get(':file')
  file(@Param('file') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    const file = this.files.file(name);
    if (!file) throw new NotFoundException();
    void reply.headers({ ...assetHeaders(), vary: 'Accept-Encoding' }).type(file.contentType);
    const { 'accept-encoding': accepted = '' } = request.headers;
    const encoding = (['br', 'gzip'] as const).find((one) => new RegExp(`\\b${one}\\b`).test(accepted));
    if (!encoding) return reply.send(file.plain);
    return reply.header('content-encoding', encoding).send(file[encoding]);
  }
}
