import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import { RealmStore } from '../realm/realm.js';

/** For load balancers and supervisors. */
@Controller('health')
export class HealthController {
  constructor(private readonly realms: RealmStore) {}

  /** The process runs. */
  @Get('live')
  live(): { status: 'UP' } {
    return { status: 'UP' };
  }

  /** The database answers, so logins work. 503 otherwise; green again by itself. */
  @Get('ready')
  async ready(@Res() reply: FastifyReply): Promise<FastifyReply> {
    try {
      await this.realms.byName(ADMIN_REALM);
      return await reply.send({ status: 'UP' });
    } catch {
      return reply.code(503).send({ status: 'DOWN', reason: 'The database does not answer.' });
    }
  }
}
