import { Controller, Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Messages } from '../http/messages.js';
import { RealmParam } from '../http/realm-param.js';
import { apiHeaders } from '../http/security-headers.js';
import { textsOf } from '../realm/realm-texts.js';

/** Kinds of pages. Those of the login have words here; the consoles bring their own and ask for the realm's. */
const THEME_TYPES = ['account', 'admin', 'common', 'email', 'login', 'welcome'];

interface EffectiveText {
  readonly key: string;
  readonly value: string;
  readonly source?: 'THEME' | 'REALM';
}

/** The words in force in a realm: the server's, and in their place the realm's own (Admin API reference 5.7). Anybody may read them. */
@Controller('resources')
export class MessageBundlesController {
  constructor(
    private readonly realms: RealmParam,
    private readonly messages: Messages,
  ) {}

  @Get(':realm/:themeType/:locale')
  async texts(
    @Param('realm') name: string,
    @Param('themeType') themeType: string,
    @Param('locale') locale: string,
    @Query('source') source: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly EffectiveText[]> {
    const realm = await this.realms.resolve(name);
    if (!THEME_TYPES.includes(themeType)) throw new NotFoundException();
    const own = textsOf(realm, locale);
    const keys = themeType === 'login' ? this.messages.keys(locale) : [];
    reply.headers({ ...apiHeaders(), 'access-control-allow-origin': '*', 'cache-control': 'no-cache' });
    return [...new Set([...keys, ...Object.keys(own)])].sort().map((key) => {
      const isOwn = Object.hasOwn(own, key);
      const value = (isOwn ? own[key] : this.messages.pattern(locale, key)) ?? '';
      return { key, value, ...(source === 'true' && { source: isOwn ? 'REALM' : 'THEME' }) };
    });
  }
}
