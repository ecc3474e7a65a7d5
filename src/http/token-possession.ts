import { createHash, type X509Certificate } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { VerifiedAccessToken } from '../tokens/access-token-verifier.js';
import type { ProvenRequest } from '../tokens/dpop-proof.js';
import type { DpopProofs } from '../tokens/dpop-proofs.js';
import { bindingOf, demandsCertificate, demandsDpop, type TokenBinding } from '../tokens/token-binding.js';
import type { ClientCertificates } from './client-certificate.js';
import type { PresentedToken } from './presented-token.js';
import type { PublicUrl } from './public-url.js';

type ProvingRequest = Pick<FastifyRequest, 'headers' | 'raw' | 'method' | 'url' | 'protocol' | 'host'>;

/** Why the sender of a request has not shown that they hold what they should. */
export interface PossessionProblem {
  /** What they should hold. */
  readonly about: 'key' | 'certificate';
  readonly error: 'invalid_dpop_proof' | 'invalid_token' | 'invalid_request';
  /** Sentence of the reference. */
  readonly description: string;
}

type Refusal = (error: PossessionProblem['error'], description: string) => PossessionProblem;
const keyRefused: Refusal = (error, description) => ({ about: 'key', error, description });
const certificateRefused: Refusal = (error, description) => ({ about: 'certificate', error, description });

/**
 * Asks senders of requests to show that they hold the key or the certificate that tokens are bound to (RFC 9449; RFC 8705 section 3):
 * the one place for it. Requests that have nothing to do with either cost nothing.
 */
export class TokenPossession {
  constructor(
    private readonly proofs: DpopProofs,
    private readonly certificates: ClientCertificates,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** What the tokens are to be bound to that a client asks for: a key when it shows one or has to, its certificate when it has to. */
  async ofTokenRequest(
    realm: Realm,
    client: Client,
    request: ProvingRequest,
  ): Promise<TokenBinding | PossessionProblem | undefined> {
    const wantsProof = request.headers['dpop'] !== undefined || demandsDpop(client);
    const wantsCertificate = demandsCertificate(client);
    if (!wantsProof && !wantsCertificate) return undefined;
    const certificate = wantsCertificate ? this.thumbprintOf(request) : undefined;
    if (wantsCertificate && certificate === undefined)
      return certificateRefused('invalid_request', 'Client Certification missing for MTLS HoK Token Binding');
    const proof = wantsProof ? await this.proofs.use(realm, proofText(request), this.proven(request)) : undefined;
    if (proof && 'problem' in proof)
      return keyRefused(
        request.headers['dpop'] === undefined ? 'invalid_request' : 'invalid_dpop_proof',
        proof.problem,
      );
    return { ...(proof && { jkt: proof.jkt }), ...(certificate === undefined ? {} : { certificate }) };
  }

  /** The key that a client shows as it pushes an authorization request (RFC 9449 section 10.1); undefined when it shows none. */
  async ofPushedRequest(
    realm: Realm,
    request: ProvingRequest,
  ): Promise<{ readonly jkt: string } | PossessionProblem | undefined> {
    if (request.headers['dpop'] === undefined) return undefined;
    const proof = await this.proofs.use(realm, proofText(request), this.proven(request));
    return 'problem' in proof ? keyRefused('invalid_dpop_proof', proof.problem) : { jkt: proof.jkt };
  }

  /** Why a good access token may not be used by this sender; undefined when it may. */
  async problem(
    realm: Realm,
    { claims, client }: VerifiedAccessToken,
    { scheme, text }: PresentedToken,
    request: ProvingRequest,
  ): Promise<PossessionProblem | undefined> {
    const { jkt, certificate } = bindingOf(claims);
    if (certificate !== undefined && certificate !== this.thumbprintOf(request))
      return certificateRefused(
        'invalid_token',
        'Client certificate missing, or its thumbprint and one in the token did NOT match',
      );
    if (scheme === 'Bearer') {
      if (jkt !== undefined)
        return keyRefused('invalid_token', 'The access token type is DPoP but Authorization Header is not DPoP');
      return demandsDpop(client)
        ? keyRefused('invalid_token', 'This client requires DPoP, but no DPoP Authorization header is present')
        : undefined;
    }
    if (jkt === undefined)
      return keyRefused('invalid_token', 'The access token type is not DPoP but Authorization Header is DPoP');
    const used = await this.proofs.use(realm, proofText(request), this.proven(request, text), jkt);
    return 'problem' in used ? keyRefused('invalid_dpop_proof', used.problem) : undefined;
  }

  private proven(request: ProvingRequest, accessToken?: string): ProvenRequest {
    const [path = ''] = request.url.split('?', 1);
    return {
      method: request.method,
      url: this.publicUrl.base(request) + path,
      ...(accessToken === undefined ? {} : { accessToken }),
    };
  }

  private thumbprintOf(request: ProvingRequest): string | undefined {
    const certificate = this.certificates.of(request);
    return certificate && certificateThumbprint(certificate);
  }
}

const certificateThumbprint = ({ raw }: X509Certificate): string =>
  createHash('sha256').update(raw).digest('base64url');

/** Node joins headers that were sent twice, with a comma that no proof has in it. */
const proofText = ({ headers: { dpop } }: ProvingRequest): string | undefined =>
  Array.isArray(dpop) ? dpop.join() : dpop;
