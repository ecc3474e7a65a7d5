import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness } from '../shared/readiness.js';

/** For load balancers and supervisors. */
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process runs. */
  @Get('live')
  live(): { status: 'UP' } {
    return { status: 'UP' };
  }

  /** The database answers and the process does not stop. 503 otherwise; green again by itself. */
  @Get('ready')
  async ready(@Res() reply: FastifyReply): Promise<FastifyReply> {
    const reason = await this.readiness.obstacle();
    return reason === undefined ? reply.send({ status: 'UP' }) : reply.code(503).send({ status: 'DOWN', reason });
  }
}
