import type { Clock } from '../shared/clock.js';
import { hashSecret, newSecret } from '../shared/secrets.js';
import type { Client } from '../realm/client.js';
import { acrName } from '../tokens/acr-names.js';
import type { AuthorizationCodes } from '../tokens/authorization-codes.js';
import type { BrowserContext, LoginStep } from './browser-login-types.js';
import type { CompletedLogin, CompleteLogin, LoginToComplete } from './complete-login.js';
import type { LoginJournal, LoginScene } from './login-journal.js';
import type { FrontChannel } from './front-channel.js';
import type { FlowAccess } from './flow-access.js';
import type { JoinedLimits } from './joined-limits.js';
import { endsWithPage, type LinkedLogins } from './linked-logins.js';
import { isNew, type LoginStore } from './login-store.js';
import type { PassedLogin } from './passed-login.js';
import { responseParts } from './response-parts.js';
import { runEnvironment } from './run-environment.js';

/** The end of a browser login: the session is opened, renewed or joined, and the application gets its code. */
export class BrowserCompletion {
  constructor(
    private readonly completion: CompleteLogin,
    private readonly codes: AuthorizationCodes,
    private readonly logins: LoginStore,
    private readonly journal: LoginJournal,
    private readonly frontChannel: FrontChannel,
    private readonly links: LinkedLogins,
    private readonly flows: FlowAccess,
    private readonly joinedLimits: JoinedLimits,
    private readonly clock: Clock,
  ) {}

  /** Completes a login that nothing stands in the way of any more. */
  async complete(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    const { realm, session } = context;
    const { state, request } = login;
    if (endsWithPage(login)) return this.links.end(context, client, login);
    const scene = sceneOf(context, client, login);
    if (session && session.session.userId !== state.userId) {
      await this.journal.failed(scene, 'user_conflict', state.userId, { existing_user: session.session.userId });
      const message = { key: 'differentUserAuthenticated', values: { user: session.session.username } };
      return { kind: 'refused', status: 400, message, client, request };
    }
    const joined = joinedSession(login);
    const identitySecret = joined === undefined ? newSecret() : undefined;
    const counted = joined === undefined ? login : await this.withJoinedLimits(context, client, login);
    const completed = await this.completion.complete(
      this.toComplete(context, client, counted, joined, identitySecret),
      {
        // A login that never showed a page has nothing that could be sent twice.
        ...(joined !== undefined && isNew(login) ? {} : { claim: () => this.links.claim(realm, login) }),
        issue: async (user, { session: opened }) =>
          responseParts(request.responseType).includes('code')
            ? this.codes.issue(realm, {
                clientId: client.id,
                userId: user.id,
                sessionId: opened.id,
                redirectUri: request.redirectUri,
                redirectUriRequired: request.redirectUriRequired,
                scope: request.scope,
                claims: {
                  acr: acrOf(context, client, login),
                  ...(opened.authTime === undefined ? {} : { auth_time: opened.authTime }),
                },
                ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
                ...(request.codeChallenge === undefined ? {} : { codeChallenge: request.codeChallenge }),
                ...(request.codeChallengeMethod === undefined
                  ? {}
                  : { codeChallengeMethod: request.codeChallengeMethod }),
                ...(request.dpopJkt === undefined ? {} : { dpopJkt: request.dpopJkt }),
              })
            : undefined,
      },
    );
    return this.finish(context, client, login, completed, identitySecret);
  }

  /**
   * The login with the caps that hold for it although single sign-on brought it past their steps. Where the version with which it began is no
   * longer kept, they are those of the flow that runs now: nobody gets past a cap by waiting.
   */
  private async withJoinedLimits(context: BrowserContext, client: Client, login: PassedLogin): Promise<PassedLogin> {
    const { realm } = context;
    const { state } = login;
    const flow =
      (await this.flows.pinned(realm.id, state.hash)) ??
      (await this.flows.current(realm, client, login.path === undefined ? 'browser' : 'reset_credentials'));
    const environment = runEnvironment({ context, client, path: login.path }, login, this.clock.seconds());
    const facts = await this.joinedLimits.facts(realm.id, { flow, environment, state, tookTime: !isNew(login) });
    return facts.length === 0 ? login : { ...login, state: { ...state, facts: [...state.facts, ...facts] } };
  }

  private toComplete(
    context: BrowserContext,
    client: Client,
    login: PassedLogin,
    joined: unknown,
    identitySecret: string | undefined,
  ): LoginToComplete {
    const { state, request } = login;
    const renews = typeof joined === 'string' ? joined : context.session?.session.id;
    return {
      scene: withConsent(sceneOf(context, client, login), login),
      userId: state.userId,
      facts: state.facts,
      credentialTypes: state.credentialTypes,
      provenAt: login.provenSince ?? login.provenAt,
      offline: false,
      mustRenew: joined !== undefined,
      ...(renews === undefined ? {} : { renews }),
      session: {
        ipAddress: context.remoteAddress,
        userAgent: context.userAgent,
        authMethod: 'openid-connect',
        rememberMe: remembersUser(login),
        notes: {},
        ...(identitySecret === undefined
          ? {}
          : { identityHash: hashSecret(identitySecret), authTime: Math.floor(login.provenAt / 1000) }),
      },
      clientSession: {
        scope: request.scope,
        redirectUri: request.redirectUri,
        notes: { iss: context.issuer, acr: acrOf(context, client, login) },
      },
    };
  }

  private async finish(
    context: BrowserContext,
    client: Client,
    login: PassedLogin,
    completed: CompletedLogin<string | undefined>,
    identitySecret: string | undefined,
  ): Promise<LoginStep> {
    const { request } = login;
    switch (completed.kind) {
      case 'completed': {
        const { user, admission, issued: code } = completed;
        const answered = { user, part: admission, acr: acrOf(context, client, login), code };
        const tokens = await this.frontChannel.tokensFor(context, client, request, answered);
        return {
          kind: 'done',
          request,
          client,
          user,
          session: admission.session,
          ...(code === undefined ? {} : { code }),
          ...(tokens ? { tokens } : {}),
          ...(login.actionStatus === undefined ? {} : { actionStatus: login.actionStatus }),
          rememberMe: admission.session.rememberMe,
          ...(identitySecret === undefined ? {} : { identitySecret }),
        };
      }
      case 'refused': {
        await this.logins.close(context.realm, login);
        if (request.prompt.includes('none')) return { kind: 'application-error', request, error: 'login_required' };
        const { status, message = { key: 'unexpectedErrorHandlingRequestMessage' } } = completed;
        return { kind: 'refused', status, message, client, request, userId: login.state.userId };
      }
      case 'session-ended':
        return { kind: 'lost', message: { key: 'sessionEndedMeanwhile' }, request, client };
      case 'already-completed':
        return {
          kind: 'page-expired',
          request,
          client,
          tabId: login.tabId,
          path: login.path ?? 'authenticate',
          execution: login.state.currentExecution ?? '',
        };
    }
  }
}

/** The single sign-on session that a login rests on alone. */
const joinedSession = ({ state }: PassedLogin): unknown =>
  state.facts.find(({ type }) => type === 'single-sign-on')?.value;

/** Whoever only showed a session of this browser proved nothing now: level 0. */
function acrOf({ realm }: BrowserContext, client: Client, login: PassedLogin): string {
  const level = joinedSession(login) === undefined ? 1 : 0;
  return acrName(level, login.request.acrValues, client, realm);
}

const remembersUser = ({ state }: PassedLogin): boolean =>
  state.facts.findLast(({ type }) => type === 'remember-me')?.value === true;

/** Whether the person had to agree, in Keycloak's words for the LOGIN event. */
function withConsent(scene: LoginScene, { consented }: PassedLogin): LoginScene {
  const asked = consented ? 'consent_granted' : 'persistent_consent';
  const consent = scene.client.consentRequired ? asked : 'no_consent_required';
  return { ...scene, details: { ...scene.details, consent } };
}

/** The login as the audit trail tells of it. */
export function sceneOf(context: BrowserContext, client: Client, login: PassedLogin): LoginScene {
  return {
    realm: context.realm,
    client,
    remoteAddress: context.remoteAddress,
    details: {
      ...login.state.details,
      auth_method: 'openid-connect',
      response_type: login.request.responseType,
      response_mode: login.request.responseMode,
      redirect_uri: login.request.redirectUri,
      ...(remembersUser(login) ? { remember_me: 'true' } : {}),
    },
    ...(login.path === undefined ? {} : { failure: 'RESET_PASSWORD' }),
  };
}
