import { createPublicKey, X509Certificate, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { KeyStoreBody } from '../representations/key-store-body.js';
import { present } from '../representations/present.js';
import type { Clock } from '../shared/clock.js';
import type { JsonObject } from '../shared/json.js';
import { generateRsaKey } from '../tokens/key-material.js';
import { pkcs12 } from '../tokens/pkcs12.js';
import { selfSignedCertificate } from '../tokens/self-signed-certificate.js';
import { administrationErrors } from './administration-errors.js';
import type { ClientAdministration } from './client-administration.js';

const RSA_BITS = 2048;
const PKCS12 = 'PKCS12';

/** What a client's keys are kept as: attributes that begin with the name in the address (`jwt.credential`). */
type Stored = Readonly<Partial<Record<'certificate' | 'public.key' | 'kid', string>>> & { readonly jwks?: string };

/**
 * Keys by which clients show who they are (Admin API reference 5.2, "certificates"). Certificates and public keys are kept; the private
 * half is given to the caller once and never stored. Every method throws NotFoundError `client_unknown`.
 */
export class ClientCertificates {
  constructor(
    private readonly clients: ClientAdministration,
    private readonly clock: Clock,
  ) {}

  /** CertificateRepresentation. @param prefix name of the key, as in the address */
  async info(realm: Realm, id: string, prefix: string): Promise<JsonObject> {
    return infoOf(await this.clients.get(realm, id), prefix);
  }

  /** A new key; the answer is the only place where its private half ever is. */
  async generate(realm: Realm, id: string, prefix: string): Promise<JsonObject> {
    const { certificate, privateKey } = await this.newPair(realm, id);
    const changed = await this.store(realm, id, prefix, { certificate: certificate.toString('base64') });
    const key = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    return { privateKey: key, ...infoOf(changed, prefix) };
  }

  /** The same as a key store. @throws as `download` */
  async generateStore(realm: Realm, id: string, prefix: string, body: KeyStoreBody): Promise<Buffer> {
    const wanted = storeOf(body);
    if (body.keyPassword === undefined)
      throw administrationErrors.keyStorePassword('keyPassword', 'Need to specify a key password');
    const { certificate, privateKey, clientId } = await this.newPair(realm, id);
    await this.store(realm, id, prefix, { certificate: certificate.toString('base64') });
    const key = { privateKey, password: body.keyPassword };
    return pkcs12({ certificate, alias: body.keyAlias ?? clientId, storePassword: wanted.storePassword, key });
  }

  /**
   * A key store with the certificate of the client.
   * @throws InvalidInputError `key_store`, `key_store_password`
   * @throws NotFoundError `no_key_pair`
   */
  async download(realm: Realm, id: string, prefix: string, body: KeyStoreBody): Promise<Buffer> {
    const client = await this.clients.get(realm, id);
    const { storePassword } = storeOf(body);
    const certificate = client.attributes[`${prefix}.certificate`];
    if (certificate === undefined) throw administrationErrors.noKeyPair();
    return pkcs12({
      certificate: Buffer.from(certificate, 'base64'),
      alias: body.keyAlias ?? client.clientId,
      storePassword,
    });
  }

  /**
   * Keeps what a file brings.
   * @param format `Certificate PEM`, `Public Key PEM` or `JSON Web Key Set`
   * @throws InvalidInputError `key_file` for another format and for a file that is not what it says
   */
  async upload(realm: Realm, id: string, prefix: string, format: string, file: Buffer): Promise<JsonObject> {
    await this.clients.get(realm, id);
    return infoOf(await this.store(realm, id, prefix, readFile(format, file.toString('utf8'))), prefix);
  }

  private async newPair(
    realm: Realm,
    id: string,
  ): Promise<{ readonly certificate: Buffer; readonly privateKey: KeyObject; readonly clientId: string }> {
    const { clientId } = await this.clients.get(realm, id);
    const privateKey = await generateRsaKey(RSA_BITS);
    const certificate = selfSignedCertificate(privateKey, createPublicKey(privateKey), clientId, this.clock.now());
    return { certificate, privateKey, clientId };
  }

  /** Takes the place of whatever was there under that name. */
  private async store(realm: Realm, id: string, prefix: string, { jwks, ...stored }: Stored): Promise<Client> {
    const [, changed] = await this.clients.change(realm, id, (client) => {
      const isPart = (name: string): boolean => /^(certificate|public\.key|private\.key|kid)$/.test(name);
      const others = Object.entries(client.attributes).filter(
        ([name]) => !(name.startsWith(`${prefix}.`) && isPart(name.slice(prefix.length + 1))),
      );
      const more = Object.entries(stored).map(([name, value]): [string, string] => [`${prefix}.${name}`, value]);
      const keySet = jwks === undefined ? {} : { 'use.jwks.string': 'true', 'jwks.string': jwks };
      return { ...client, attributes: { ...Object.fromEntries([...others, ...more]), ...keySet } };
    });
    return changed;
  }
}

const infoOf = ({ attributes }: Client, prefix: string): JsonObject =>
  present({
    publicKey: attributes[`${prefix}.public.key`],
    certificate: attributes[`${prefix}.certificate`],
    kid: attributes[`${prefix}.kid`],
    jwks: attributes['use.jwks.string'] === 'true' ? attributes['jwks.string'] : undefined,
  });

function storeOf({ format, storePassword }: KeyStoreBody): { readonly storePassword: string } {
  if (format !== PKCS12) throw administrationErrors.keyStore();
  if (storePassword === undefined)
    throw administrationErrors.keyStorePassword('storePassword', 'Need to specify a store password');
  return { storePassword };
}

function readFile(format: string, text: string): Stored {
  try {
    switch (format) {
      case 'Certificate PEM':
        return { certificate: new X509Certificate(framed(text, 'CERTIFICATE')).raw.toString('base64') };
      case 'Public Key PEM':
        return { 'public.key': publicKeyOf(framed(text, 'PUBLIC KEY')) };
      case 'JSON Web Key Set':
        return { jwks: keySetOf(text) };
    }
  } catch (cause) {
    throw administrationErrors.keyFile(`The file is not a ${format}`, cause);
  }
  throw administrationErrors.keyFile(`The format "${format}" is not supported`);
}

const publicKeyOf = (pem: string): string =>
  createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64');

/** @throws Error for what is no set of public keys */
function keySetOf(text: string): string {
  const { keys } = JSON.parse(text) as { readonly keys?: unknown };
  if (!Array.isArray(keys)) throw new Error('There are no keys');
  for (const key of keys as readonly Record<string, unknown>[]) {
    if ('d' in key || 'k' in key) throw new Error('A key set for others holds public keys only');
    createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
  }
  return JSON.stringify({ keys: keys as readonly object[] });
}

/** PEM, also of a file that lacks the lines around it. */
const framed = (text: string, label: string): string =>
  text.includes('-----BEGIN') ? text : `-----BEGIN ${label}-----\n${text.trim()}\n-----END ${label}-----\n`;
