import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import { InvalidInputError } from '../shared/errors.js';

/** Where the files are with which a server speaks https. */
export interface TlsFiles {
  /** Certificate and chain. */
  readonly cert: string;
  readonly key: string;
  /** Authorities of client certificates. */
  readonly clientCa?: string | undefined;
}

const AUTHORITIES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads and checks the files. Where authorities are named, callers are asked for a certificate and not refused without a good one: what
 * it proves is asked where it matters (`http/client-certificate.ts`).
 * @throws InvalidInputError `tls_files` naming the setting whose file cannot be used
 */
export function readTlsFiles({ cert, key, clientCa }: TlsFiles): TlsOptions {
  const certificate = checked('SLUICE_TLS_CERT', cert, (text) => new X509Certificate(text));
  const privateKey = checked('SLUICE_TLS_KEY', key, createPrivateKey);
  if (!certificate.value.checkPrivateKey(privateKey.value)) {
    throw new InvalidInputError('tls_files', 'SLUICE_TLS_KEY: the key is not the one of the certificate');
  }
  const files = { cert: certificate.text, key: privateKey.text, minVersion: 'TLSv1.2' } as const;
  if (clientCa === undefined) return files;
  return {
    ...files,
    ca: readAuthorities('SLUICE_TLS_CLIENT_CA', clientCa),
    requestCert: true,
    rejectUnauthorized: false,
  };
}

/**
 * Reads and checks the files of the connection to the database.
 * @throws InvalidInputError `tls_files` naming the setting whose file cannot be used
 */
export function readDatabaseTlsFiles(files: {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}): SecureContextOptions {
  const { ca, cert, key } = files;
  return {
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca: readAuthorities('SLUICE_DATABASE_TLS_CA', ca) }),
    ...(cert === undefined
      ? {}
      : { cert: checked('SLUICE_DATABASE_TLS_CERT', cert, (text) => new X509Certificate(text)).text }),
    ...(key === undefined ? {} : { key: checked('SLUICE_DATABASE_TLS_KEY', key, createPrivateKey).text }),
  };
}

const readAuthorities = (setting: string, path: string): string[] =>
  checked(setting, path, (text) =>
    (text.match(AUTHORITIES) ?? [text]).map((each) => new X509Certificate(each)),
  ).value.map((each) => each.toString());

function checked<T>(
  setting: string,
  path: string,
  read: (text: string) => T,
): { readonly text: string; readonly value: T } {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, value: read(text) };
  } catch (cause) {
    throw new InvalidInputError('tls_files', `${setting}: ${path} cannot be read, or is no PEM file of its kind`, {
      cause,
    });
  }
}
