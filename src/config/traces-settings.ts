import { InvalidInputError } from '../shared/errors.js';

type Environment = Readonly<Record<string, string | undefined>>;

const PROTOCOLS = ['http/protobuf', 'http/json'] as const;
const SAMPLERS = ['always_on', 'always_off', 'traceidratio'].flatMap((name) => [name, `parentbased_${name}`]);

/** How traces leave the server. */
export type TracesProtocol = (typeof PROTOCOLS)[number];

/**
 * Whether traces are wanted, by the variables of OpenTelemetry: an address to send them to, or `OTEL_TRACES_EXPORTER=otlp`, which sends
 * them to this machine. Its SDK takes what it does not know for absent and tells nobody, so it is checked here; the rest
 * (names, headers, limits) is read by the SDK.
 * @param environment that of the process, which the SDK reads, too
 * @returns undefined when they are off
 * @throws InvalidInputError `invalid_settings` that lists every problem, by variable
 */
export function readTracesSettings(environment: Environment = process.env): TracesProtocol | undefined {
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const exporter = value('OTEL_TRACES_EXPORTER');
  const endpoints = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
  const isWanted = exporter === 'otlp' || endpoints.some((name) => value(name) !== undefined);
  if (!isWanted || exporter === 'none' || value('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return undefined;
  const problems: string[] = [];
  if (exporter !== undefined && exporter !== 'otlp') problems.push('OTEL_TRACES_EXPORTER: must be otlp or none');
  for (const name of endpoints) {
    const url = value(name);
    if (url !== undefined && !isHttp(url)) problems.push(`${name}: must be an http or https address`);
  }
  const [protocolName, protocol] = first(value, 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL');
  const known = PROTOCOLS.find((one) => one === (protocol ?? 'http/protobuf'));
  if (!known) problems.push(`${protocolName}: must be ${PROTOCOLS.join(' or ')}`);
  problems.push(...samplerProblems(value('OTEL_TRACES_SAMPLER'), value('OTEL_TRACES_SAMPLER_ARG')));
  if (problems.length > 0)
    throw new InvalidInputError('invalid_settings', `The settings cannot be used:\n  ${problems.join('\n  ')}`);
  return known;
}

const isHttp = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

function first(
  value: (name: string) => string | undefined,
  special: string,
  general: string,
): readonly [name: string, value: string | undefined] {
  return value(special) === undefined ? [general, value(general)] : [special, value(special)];
}

function samplerProblems(sampler: string | undefined, share: string | undefined): readonly string[] {
  if (sampler === undefined) return [];
  if (!SAMPLERS.includes(sampler)) return [`OTEL_TRACES_SAMPLER: must be one of ${SAMPLERS.join(', ')}`];
  const number = Number(share ?? 1);
  return sampler.endsWith('traceidratio') && !(number >= 0 && number <= 1)
    ? ['OTEL_TRACES_SAMPLER_ARG: must be a number from 0 to 1']
    : [];
}
