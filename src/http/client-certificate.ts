import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../shared/clock.js';
import type { TrustedPeers } from './trusted-peers.js';

/** Finds the certificate that a caller proved to have: in the TLS handshake with this server, or with a trusted proxy in front of it. */
export class ClientCertificates {
  /**
   * @param proxies whose word is taken
   * @param header in which they hand on what they verified; absent = they do not
   */
  constructor(
    private readonly proxies: TrustedPeers,
    private readonly header: string | undefined,
    private readonly clock: Clock,
  ) {}

  /**
   * The verified certificate; undefined when none was shown, when its chain leads to no named authority, and outside of its time. A
   * certificate of the proxy's own connection is the proxy's and proves nothing about the caller.
   */
  of(request: Pick<FastifyRequest, 'headers' | 'raw'>): X509Certificate | undefined {
    const { socket } = request.raw;
    const certificate = this.proxies.has(socket.remoteAddress)
      ? this.handedOn(request.headers)
      : ofHandshake(socket as Partial<TLSSocket>);
    return certificate && this.isValidNow(certificate) ? certificate : undefined;
  }

  private handedOn(headers: FastifyRequest['headers']): X509Certificate | undefined {
    const value = this.header === undefined ? undefined : headers[this.header.toLowerCase()];
    return typeof value === 'string' ? readCertificateHeader(value) : undefined;
  }

  /** Asked for every request: a connection may outlive the certificate with which it began. */
  private isValidNow({ validFrom, validTo }: X509Certificate): boolean {
    const now = this.clock.now();
    return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
  }
}

/** A resumed session without any certificate counts as authorized to Node, so that both have to be asked. */
const ofHandshake = (socket: Partial<TLSSocket>): X509Certificate | undefined =>
  socket.authorized === true ? socket.getPeerX509Certificate?.() : undefined;

const PEM = /^-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads what proxies write: base64 between colons (RFC 9440 section 2.1), PEM that is percent-encoded or has blanks for line ends,
 * plain base64. Anything else, two certificates included, is none.
 */
function readCertificateHeader(value: string): X509Certificate | undefined {
  const text = /^:(.+):$/.exec(value.trim())?.[1] ?? decodeQuietly(value.trim());
  const der = (PEM.exec(text)?.[1] ?? text).replace(/\s/g, '');
  if (!BASE64.test(der)) return undefined;
  try {
    return new X509Certificate(Buffer.from(der, 'base64'));
  } catch {
    return undefined;
  }
}

/** A plus sign is base64 and stays one. */
function decodeQuietly(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
