import { IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';
import { LimitSettings, OPTIONAL_LIMIT_MEMBERS } from './limit-settings.js';
import { toNumber } from './to-number.js';

/** Where the server listens, and what stands in front of it. */
export class NetworkSettings extends LimitSettings {
  /** Address to listen on. Anything but a loopback address needs SLUICE_PUBLIC_URL. */
  @IsString()
  @MinLength(1)
  host: string = '127.0.0.1';

  /** Port to listen on; 0 takes a free one. */
  @toNumber
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8080;

  /** Port for metrics (`/metrics`) and health details (`/health`), in plain HTTP and without a login; 0 takes a free one. Absent: neither is there. */
  @IsOptional()
  @toNumber
  @IsInt()
  @Min(0)
  @Max(65_535)
  managementPort?: number;

  /** Address on which SLUICE_MANAGEMENT_PORT listens. Whoever reaches it reads how much is going on, and nothing else. */
  @IsString()
  @MinLength(1)
  managementHost: string = '127.0.0.1';

  /** Address at which browsers and applications reach the server; the issuer of tokens begins with it. Absent: the Host header, on loopback only. */
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true, require_valid_protocol: true })
  publicUrl?: string;

  /** Path below which the server lives, e.g. `/auth`: every route, cookie and link stands under it. `/` is the root. */
  @Matches(/^\/([\w.~-]+(\/[\w.~-]+)*)?$/, { message: 'must be a path like /auth, without a slash at its end' })
  httpRelativePath: string = '/';

  /** File with the server's certificate and its chain (PEM). With it and SLUICE_TLS_KEY the server speaks https itself. */
  @IsOptional()
  @IsString()
  tlsCert?: string;

  /** File with the private key of SLUICE_TLS_CERT (PEM). */
  @IsOptional()
  @IsString()
  tlsKey?: string;

  /** File with the authorities (PEM) whose client certificates are believed. Callers may then show one; nobody has to. */
  @IsOptional()
  @IsString()
  tlsClientCa?: string;

  /** Header in which a trusted proxy hands on the client certificate it verified (`ssl-client-cert`, `client-cert` of RFC 9440). */
  @IsOptional()
  @Matches(/^[A-Za-z0-9-]+$/, { message: 'must be the name of a header' })
  tlsClientCertHeader?: string;

  /** Believe X-Forwarded-* headers of a proxy in front: `true`, or the proxy's addresses, separated by commas. */
  @IsOptional()
  @IsString()
  trustProxy?: string;
}

/** Members without a default, so that every member is known by name. */
export const OPTIONAL_NETWORK_MEMBERS: Readonly<Record<string, undefined>> = {
  ...OPTIONAL_LIMIT_MEMBERS,
  managementPort: undefined,
  publicUrl: undefined,
  tlsCert: undefined,
  tlsKey: undefined,
  tlsClientCa: undefined,
  tlsClientCertHeader: undefined,
  trustProxy: undefined,
};

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export const isLoopback = (host: string): boolean => LOOPBACK.has(host) || host.startsWith('127.');

/** Whether only this machine can use the server: what is a convenience here would be a hole elsewhere. */
export const isDevelopment = ({ host, publicUrl }: Pick<NetworkSettings, 'host' | 'publicUrl'>): boolean =>
  isLoopback(host) && (publicUrl === undefined || isLoopback(new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')));

/** What works and is still worth a word to the operator, one sentence each. */
export function settingsWarnings({ publicUrl }: Pick<NetworkSettings, 'publicUrl'>): readonly string[] {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  const isPlain = url?.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, ''));
  return isPlain
    ? [
        'SLUICE_PUBLIC_URL is plain http: whoever is on the way reads cookies and passwords, and cookies are SameSite=Lax, so that silent single sign-on in frames does not work',
      ]
    : [];
}

/** What does not go together, by variable. */
export function networkProblems(settings: NetworkSettings): readonly string[] {
  const problems: string[] = [];
  if (!isLoopback(settings.host) && settings.publicUrl === undefined) {
    problems.push('SLUICE_PUBLIC_URL: is required when SLUICE_HOST is not a loopback address');
  }
  if (
    settings.managementPort !== undefined &&
    settings.managementPort !== 0 &&
    settings.managementPort === settings.port
  ) {
    problems.push('SLUICE_MANAGEMENT_PORT: must be another one than SLUICE_PORT');
  }
  if ((settings.tlsCert === undefined) !== (settings.tlsKey === undefined)) {
    problems.push('SLUICE_TLS_CERT, SLUICE_TLS_KEY: one is of no use without the other');
  }
  if (settings.tlsClientCa !== undefined && settings.tlsCert === undefined) {
    problems.push('SLUICE_TLS_CLIENT_CA: needs SLUICE_TLS_CERT; behind a proxy set SLUICE_TLS_CLIENT_CERT_HEADER');
  }
  if (settings.tlsClientCertHeader !== undefined && ['', 'true', 'false'].includes(settings.trustProxy ?? '')) {
    problems.push('SLUICE_TLS_CLIENT_CERT_HEADER: needs the addresses of the proxy in SLUICE_TRUST_PROXY');
  }
  return problems;
}
