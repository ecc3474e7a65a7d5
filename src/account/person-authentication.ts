import { UnauthorizedException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { basicCredentials } from '../http/basic-credentials.js';
import type { ClientCertificates } from '../http/client-certificate.js';
import { allowAnyOrigin, allowClientOrigins } from '../http/cors.js';
import { realmParameter } from '../http/header-text.js';
import type { PublicUrl } from '../http/public-url.js';
import type { CredentialCheck } from '../login/credential-check.js';
import { takesCertificates, userOfCertificate } from '../realm/certificate-user.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserStore } from '../realm/user.js';
import { ForbiddenError, NotFoundError } from '../shared/errors.js';
import type { AccountBearer } from './account-bearer.js';
import type { AccountCaller, AccountCallers } from './account-caller.js';

/** Realm attribute that lets people in by name and password in every request. */
const BASIC_SETTING = 'sluice.basic.auth.enabled';

/**
 * Finds out which person sends a request of the session API: by access token, by name and password (RFC 7617, where the realm allows
 * it), or by a certificate (where the realm says whom one names). None of them opens a session.
 */
export class PersonAuthentication {
  constructor(
    private readonly bearer: AccountBearer,
    private readonly credentials: CredentialCheck,
    private readonly certificates: ClientCertificates,
    private readonly users: UserStore,
    private readonly callers: AccountCallers,
    private readonly publicUrl: PublicUrl,
  ) {}

  /**
   * What is in the Authorization header decides, also when it is wrong: a certificate does not mend a bad token.
   * @throws UnauthorizedException with a challenge set on the reply
   * @throws NotFoundError `account_off` @throws ForbiddenError `foreign_origin`
   */
  async callerOf(request: FastifyRequest, reply: FastifyReply, realm: Realm): Promise<AccountCaller> {
    const account = await this.callers.accountClient(realm);
    if (!account) throw new NotFoundError('account_off', 'The account of this realm is switched off');
    const caller = await this.authenticate(request, reply, realm, account);
    if (caller) return caller;
    const name = realmParameter(realm.name);
    const basic = this.takesBasic(realm) ? [`Basic ${name}, charset="UTF-8"`] : [];
    if (!reply.hasHeader('www-authenticate')) void reply.header('www-authenticate', [`Bearer ${name}`, ...basic]);
    throw new UnauthorizedException();
  }

  private async authenticate(
    request: FastifyRequest,
    reply: FastifyReply,
    realm: Realm,
    account: Client,
  ): Promise<AccountCaller | undefined> {
    if (/^(bearer|dpop) /i.test(request.headers.authorization ?? '')) {
      allowAnyOrigin(request, reply);
      const caller = await this.bearer.callerOf(request, reply, realm);
      if (caller) allowClientOrigins(request, reply, caller.client, this.publicUrl.base(request));
      return caller;
    }
    // A browser sends names, passwords and certificates by itself, also for a page of another site.
    this.refuseForeignPages(request);
    const user =
      request.headers.authorization === undefined
        ? await this.byCertificate(request, realm)
        : await this.byPassword(request, realm, account);
    return user && this.callers.of(request, realm, user, account);
  }

  private async byCertificate(request: FastifyRequest, realm: Realm) {
    const certificate = takesCertificates(realm) ? this.certificates.of(request) : undefined;
    return certificate && userOfCertificate(certificate, realm, this.users);
  }

  private async byPassword(request: FastifyRequest, realm: Realm, client: Client) {
    const typed = this.takesBasic(realm) ? basicCredentials(request) : undefined;
    return typed && this.credentials.run({ realm, client, ...typed, remoteAddress: request.ip });
  }

  private takesBasic({ attributes }: Realm): boolean {
    return attributes[BASIC_SETTING] === 'true';
  }

  private refuseForeignPages(request: FastifyRequest): void {
    const { origin, 'sec-fetch-site': site } = request.headers;
    const own = new URL(this.publicUrl.base(request)).origin;
    if ((origin !== undefined && origin !== own) || site === 'cross-site')
      throw new ForbiddenError('foreign_origin', 'Pages of other sites need an access token here');
  }
}
