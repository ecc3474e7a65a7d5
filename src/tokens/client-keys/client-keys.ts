import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Client } from '../../realm/client.js';
import { resolveRootUrl } from '../redirect-uris.js';
import type { FetchedKeySets } from './fetched-key-sets.js';
import { fitsAlgorithm, keyOfCertificate, keyOfText, keysOfSet, type ClientKey } from './public-keys.js';

type KeyedClient = Pick<Client, 'attributes' | 'rootUrl'>;

/** Of a signature without a key id, so many keys are tried: a set of hundreds must not cost as many checks. */
const MOST_TRIED = 8;

/** The public keys with which clients sign, from wherever their attributes say (names of the attributes are Keycloak's). */
export class ClientKeys {
  private readonly read = new LRUCache<string, readonly ClientKey[]>({ max: 1_000 });

  constructor(private readonly fetched: FetchedKeySets) {}

  /**
   * Keys that may have made a signature; empty when the client has none that fits.
   * @param base address of this server, root of a relative `jwks.url` without a root URL
   * @param kid key id of the signature; it picks from a key set, and says nothing about a single certificate or key
   */
  async candidates(
    client: KeyedClient,
    base: string,
    { algorithm, kid }: { readonly algorithm: string; readonly kid?: string },
  ): Promise<readonly KeyObject[]> {
    const { attributes } = client;
    const fromSet = attributes['use.jwks.url'] === 'true' || attributes['use.jwks.string'] === 'true';
    const keys = fromSet ? await this.ofSet(client, base, kid) : this.ofText(client);
    return keys
      .filter((key) => !fromSet || kid === undefined || key.kid === kid)
      .filter((key) => fitsAlgorithm(algorithm, key))
      .slice(0, MOST_TRIED)
      .map(({ key }) => key);
  }

  private async ofSet(
    { attributes, rootUrl }: KeyedClient,
    base: string,
    kid: string | undefined,
  ): Promise<readonly ClientKey[]> {
    if (attributes['use.jwks.url'] !== 'true') {
      return this.remembered('set', attributes['jwks.string'] ?? '', (text) => keysOfSet(text) ?? []);
    }
    const url = attributes['jwks.url'] || undefined;
    if (url === undefined) return [];
    return this.fetched.at(url.startsWith('/') ? resolveRootUrl(rootUrl, base) + url : url, kid);
  }

  /** A certificate or a key; both at once is a client that nobody finished setting up. */
  private ofText({ attributes }: KeyedClient): readonly ClientKey[] {
    const certificate = attributes['jwt.credential.certificate'] || undefined;
    const publicKey = attributes['jwt.credential.public.key'] || undefined;
    if ((certificate === undefined) === (publicKey === undefined)) return [];
    const only = (key: KeyObject | undefined): readonly ClientKey[] => (key ? [{ key }] : []);
    return certificate === undefined
      ? this.remembered('key', publicKey ?? '', (text) => only(keyOfText(text)))
      : this.remembered('certificate', certificate, (text) => only(keyOfCertificate(text)));
  }

  private remembered(
    kind: 'set' | 'certificate' | 'key',
    text: string,
    read: (text: string) => readonly ClientKey[],
  ): readonly ClientKey[] {
    const name = `${kind} ${text}`;
    const known = this.read.get(name);
    if (known) return known;
    const keys = read(text);
    this.read.set(name, keys);
    return keys;
  }
}
