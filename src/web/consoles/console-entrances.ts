import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PublicUrl } from '../../http/public-url.js';
import type { RealmParam } from '../../http/realm-param.js';
import { ADMIN_REALM } from '../../realm/admin-realm.js';
import type { ConsolePage } from './console-page.js';

/** What people try who look for the admin console. */
const ENTRANCE = /^\/(admin\/?)?(\?|$)/;
/** The account and what is below it. */
const ACCOUNT = /^\/realms\/([^/?#]+)\/account(\/|\?|$)/;

/** What stands behind the entrances. */
interface Parts {
  readonly realms: RealmParam;
  readonly page: ConsolePage;
  readonly publicUrl: PublicUrl;
}

/**
 * Answers browsers that ask for pages where programs find an API: the addresses of the account are those of the account's API, for those
 * who ask for data (as the reference has it), so this comes before the routes. From `/` and `/admin` it leads to the console of master.
 */
export function openConsoleEntrances(fastify: FastifyInstance, { realms, page, publicUrl }: Parts): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!asksForPage(request)) return;
    if (ENTRANCE.test(request.url)) return reply.redirect(`${publicUrl.base(request)}/admin/${ADMIN_REALM}/console/`);
    const realm = ACCOUNT.exec(request.url)?.[1];
    if (realm === undefined) return;
    await realms.serving(decodeURIComponent(realm), request);
    void reply.header('vary', 'Accept');
    return page.send(reply, 'account');
  });
}

const asksForPage = ({ method, headers: { accept = '' } }: FastifyRequest): boolean =>
  method === 'GET' && accept.includes('text/html') && !accept.includes('application/json');
