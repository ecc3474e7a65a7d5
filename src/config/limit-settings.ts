import { IsInt, IsOptional, IsString, Min } from 'class-validator';
import { readOpenedNetworks } from '../shared/opened-networks.js';
import { DatabaseSettings, OPTIONAL_DATABASE_MEMBERS } from './database-settings.js';
import { toNumber } from './to-number.js';

/** How much the server takes at a time, and where it may call. */
export class LimitSettings extends DatabaseSettings {
  /** Most browser logins in progress from one address in one realm. */
  @toNumber
  @IsInt()
  @Min(1)
  loginsPerAddress: number = 10_000;

  /** Most requests under way at the same time. Who comes beyond it gets 503 with Retry-After before anything is read. */
  @toNumber
  @IsInt()
  @Min(1)
  httpMaxRequests: number = 5000;

  /** Most requests of one address (of IPv6: of its /64) in a minute, counted by each process; more get 429 with Retry-After. Absent: no limit. */
  @IsOptional()
  @toNumber
  @IsInt()
  @Min(1)
  requestsPerAddress?: number;

  /** Most attempts to log in under one user name of a realm in a minute, right or wrong, counted by each process; more get 429 with Retry-After. Absent: no limit. */
  @IsOptional()
  @toNumber
  @IsInt()
  @Min(1)
  attemptsPerUser?: number;

  /** Most password hashes computed at the same time; absent: one per processor. */
  @IsOptional()
  @toNumber
  @IsInt()
  @Min(1)
  hashConcurrency?: number;

  /** Most password hashes that wait for their turn. Who comes when the line is full gets 503 with Retry-After at once. */
  @toNumber
  @IsInt()
  @Min(0)
  hashQueue: number = 1000;

  /** SMTP servers that realms may use, `host` or `host:port`, separated by commas. Absent: any but those in ranges without mail servers (link-local, metadata services). */
  @IsOptional()
  @IsString()
  smtpHosts?: string;

  /** Closed networks (`10.0.0.0/8`) and hosts that calls to applications and webhooks may reach, separated by commas. Public addresses are open, loopback is in development, link-local and metadata addresses never. */
  @IsOptional()
  @IsString()
  outboundAllow?: string;
}

/** Members without a default, so that every member is known by name. */
export const OPTIONAL_LIMIT_MEMBERS: Readonly<Record<string, undefined>> = {
  ...OPTIONAL_DATABASE_MEMBERS,
  requestsPerAddress: undefined,
  attemptsPerUser: undefined,
  hashConcurrency: undefined,
  smtpHosts: undefined,
  outboundAllow: undefined,
};

/** What cannot be read, by variable. */
export function limitProblems(settings: LimitSettings): readonly string[] {
  const opened = readOpenedNetworks(settings.outboundAllow ?? '');
  if ('wrong' in opened) {
    return [`SLUICE_OUTBOUND_ALLOW: "${opened.wrong}" is neither a network (10.0.0.0/8), an address nor a host`];
  }
  return [];
}
